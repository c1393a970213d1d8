package dev.carillon.credentials.credential;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement about a credential comes from.
 *
 * @param cause what kind of source
 * @param sourceTime when what is stated happened: the time of an event, the arrival of a call. The newest statement counts
 * @param eventId the event, if it was one
 * @param actor the username of whoever called, if somebody did
 */
public record Origin(
        Cause cause,
        Instant sourceTime,
        @Nullable UUID eventId,
        @Nullable String actor) {

    /** The kinds of sources. */
    public enum Cause {
        /** An event from the bus. */
        EVENT,
        /** A call of the REST API. */
        API,
        /** Somebody at an admin page. */
        PAGE,
        /** A command of an operator. */
        COMMAND,
        /** The last course of a program, or one that is missing now. */
        RULE;

        /** As it is stored. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An event. */
    public static Origin event(UUID id, Instant time) {
        return new Origin(Cause.EVENT, time, id, null);
    }

    /** A call of the REST API, at its arrival. */
    public static Origin call(String actor, Instant arrival) {
        return new Origin(Cause.API, arrival, null, actor);
    }

    /** The rule that follows from this origin, about a state that has existed since then. */
    Origin rule(Instant since) {
        return new Origin(Cause.RULE, since, eventId, actor);
    }
}
