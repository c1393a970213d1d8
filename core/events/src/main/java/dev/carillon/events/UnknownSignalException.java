package dev.carillon.events;

import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.util.Collection;

/** No signal with this event type or Python path is defined. The message names the nearest known ones. */
public final class UnknownSignalException extends RuntimeException {

    private final String name;

    UnknownSignalException(String name, Collection<String> known) {
        super("No signal has the event type or Python path " + Shown.quoted(name, 200)
                + NearestNames.question(name, known));
        this.name = name;
    }

    /** The requested event type or Python path. */
    public String name() {
        return name;
    }
}
