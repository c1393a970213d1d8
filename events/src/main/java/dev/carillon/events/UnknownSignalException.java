package dev.carillon.events;

import dev.carillon.events.internal.NearestNames;
import java.util.Collection;

/** Nobody defined a signal of this event type or Python path. The message names the nearest known ones. */
public final class UnknownSignalException extends RuntimeException {

    private final String name;

    UnknownSignalException(String name, Collection<String> known) {
        super("No signal has the event type or Python path '" + name + "'" + NearestNames.question(name, known));
        this.name = name;
    }

    /** What was looked for. */
    public String name() {
        return name;
    }
}
