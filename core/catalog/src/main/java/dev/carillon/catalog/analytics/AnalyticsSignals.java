package dev.carillon.catalog.analytics;

import dev.carillon.events.Signal;
import java.util.List;

/**
 * The tracking log as events. The signal is followed by its event type, its path in Python, and the release of
 * {@code openedx-events} that first put it on the bus.
 */
public final class AnalyticsSignals {

    /**
     * An entry was written to the tracking log. As frequent as clicks: expect many. Sent by event-tracking, within the
     * LMS and Studio.
     *
     * <p>{@code org.openedx.analytics.tracking.event.emitted.v1}<br>
     * {@code openedx_events.analytics.signals.TRACKING_EVENT_EMITTED}, on the bus since 9.1.0
     */
    public static final Signal<TrackingLogData> TRACKING_EVENT_EMITTED = Signal.of(
                    "org.openedx.analytics.tracking.event.emitted.v1", "tracking_log", TrackingLogData.class)
            .withPythonPath("openedx_events.analytics.signals.TRACKING_EVENT_EMITTED");

    private static final List<Signal<?>> ALL = List.of(TRACKING_EVENT_EMITTED);

    private AnalyticsSignals() {}

    /** Every signal above, in that order. Immutable. */
    public static List<Signal<?>> all() {
        return ALL;
    }
}
