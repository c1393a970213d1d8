package dev.carillon.catalog.analytics;

import dev.carillon.catalog.internal.SignalGroup;
import dev.carillon.events.Signal;
import java.util.List;

/**
 * The tracking log as events. The signal is followed by its event type and the release of
 * {@code openedx-events} that first put it on the bus. In Python, the signals are in {@code openedx_events.analytics.signals}.
 */
public final class AnalyticsSignals {

    private static final SignalGroup GROUP = new SignalGroup("openedx_events.analytics.signals");

    /**
     * An entry was written to the tracking log. As frequent as clicks: expect many. Sent by event-tracking, within the
     * LMS and Studio.<br>
     * {@code org.openedx.analytics.tracking.event.emitted.v1}, on the bus since 9.1.0
     */
    public static final Signal<TrackingLogData> TRACKING_EVENT_EMITTED = GROUP.signal(
            "TRACKING_EVENT_EMITTED",
            "org.openedx.analytics.tracking.event.emitted.v1",
            "tracking_log",
            TrackingLogData.class);

    private AnalyticsSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return GROUP.all();
    }
}
