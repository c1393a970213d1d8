package dev.carillon.events;

import java.time.Clock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds {@link Events}. Each setting has a default for production. */
public final class EventsBuilder {

    private @Nullable String serviceName;
    private @Nullable String sourceHost;
    private @Nullable Signals signals;
    private Clock clock = Clock.systemUTC();
    private boolean failFast;
    private Predicate<Signal<?>> enabled = signal -> true;

    EventsBuilder() {}

    /**
     * The service's name in the source of each event. If not set, the source is {@code openedx/SERVICE_NAME_UNSET/web}, as
     * in the Python library.
     *
     * @throws IllegalArgumentException when blank
     */
    public EventsBuilder serviceName(String serviceName) {
        this.serviceName = requireText("serviceName", serviceName);
        return this;
    }

    /**
     * The host name in each event; by default this machine's.
     *
     * @throws IllegalArgumentException when blank
     */
    public EventsBuilder sourceHost(String sourceHost) {
        this.sourceHost = requireText("sourceHost", sourceHost);
        return this;
    }

    /** The signals known by name; by default {@link Signals#discovered()}. */
    public EventsBuilder signals(Signals signals) {
        this.signals = signals;
        return this;
    }

    /** The clock for the time of new events; by default the system's. */
    public EventsBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Whether each {@link Events#send} is fail-fast, whatever its options say, unless {@link Events#setFailFast} overrides
     * it for its signal. For tests and development.
     */
    public EventsBuilder failFast(boolean failFast) {
        this.failFast = failFast;
        return this;
    }

    /**
     * Which signals are enabled at first; by default all. {@link Events#enable} and {@link Events#disable} change it for one signal. The
     * condition is tested once for each signal that is used, in any thread.
     */
    public EventsBuilder enabled(Predicate<Signal<?>> enabled) {
        this.enabled = enabled;
        return this;
    }

    /** Builds the {@link Events}. */
    public Events build() {
        return new Events(
                signals == null ? Signals.discovered() : signals,
                new MetadataFactory(serviceName, sourceHost, clock),
                failFast,
                enabled);
    }

    private static String requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return value;
    }
}
