package dev.carillon.events;

import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.util.Collection;

/** No signal with this event type or Python path is defined. The message names the nearest known ones, or how a signal becomes known. */
public final class UnknownSignalException extends RuntimeException {

    private final String name;

    UnknownSignalException(String name, Collection<String> known) {
        super("No signal has the event type or Python path " + Shown.quoted(name, 200) + hint(name, known));
        this.name = name;
    }

    private static String hint(String name, Collection<String> known) {
        String question = NearestNames.question(name, known);
        return question.isEmpty()
                ? ". An event of your own is found if a SignalProvider on the class path lists its signal"
                : question;
    }

    /** The requested event type or Python path. */
    public String name() {
        return name;
    }
}
