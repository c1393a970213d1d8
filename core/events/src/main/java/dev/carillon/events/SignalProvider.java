package dev.carillon.events;

import java.util.Collection;

/**
 * Offers signals to every service whose class path it is on. Named in
 * {@code META-INF/services/dev.carillon.events.SignalProvider}; needs a public constructor without parameters.
 */
public interface SignalProvider {

    /** The signals, each event type once. */
    Collection<? extends Signal<?>> signals();
}
