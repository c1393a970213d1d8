package dev.carillon.catalog;

import dev.carillon.catalog.analytics.AnalyticsSignals;
import dev.carillon.catalog.authoring.AuthoringSignals;
import dev.carillon.catalog.authz.AuthzSignals;
import dev.carillon.catalog.enterprise.EnterpriseSignals;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signals;
import java.util.List;
import java.util.stream.Stream;

/** All public Open edX events, as release {@link LibraryVersion#CURRENT} of {@code openedx-events} defines them. */
public final class Catalog {

    private static final Signals SIGNALS = Signals.of(Stream.of(
                    LearningSignals.all(),
                    AuthoringSignals.all(),
                    EnterpriseSignals.all(),
                    AnalyticsSignals.all(),
                    AuthzSignals.all())
            .flatMap(List::stream)
            .toList());

    private Catalog() {}

    /** All public signals, found by event type or by Python path. Some of them stay in process. */
    public static Signals signals() {
        return SIGNALS;
    }
}
