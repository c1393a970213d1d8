package dev.carillon.bus.deadletter;

import dev.carillon.bus.transport.StartAt;
import java.util.Set;

/**
 * Brings messages that a topic still holds to one group once more, through the group's retry topic: no other group sees them.
 * Immutable: each method that narrows the choice answers a copy. Several conditions must all be met, one of several values of
 * one condition is enough.
 *
 * <pre>{@code
 * Replay replay = bus.replay("learning-certificate-lifecycle", "credentials")
 *         .from(StartAt.time(Instant.parse("2026-01-31T08:00:00Z")))
 *         .keys(Set.of("course-v1:edX+DemoX+2026"));
 * if (replay.count() < 1000) {
 *     replay.run();
 * }
 * }</pre>
 *
 * <p>The group's consumers get the messages as they get dead letters that are redriven: with {@link dev.carillon.bus.consumer.FailurePolicy#deadLetters},
 * beside what is new, all receivers, those of one key in order among themselves.
 */
public interface Replay {

    /** From there to the topic's end; without this, from its oldest message. */
    Replay from(StartAt start);

    /** Events of these types alone. */
    Replay types(Set<String> eventTypes);

    /** Events of these ids alone. */
    Replay ids(Set<String> eventIds);

    /**
     * Events of these keys alone. Where messages carry no key (on Redis), an event's key is what stands at the key field that
     * {@code EVENT_BUS_PRODUCER_CONFIG} gives for its type; an event without one has no key.
     */
    Replay keys(Set<String> keys);

    /**
     * How many messages {@link #run} would bring.
     *
     * @throws dev.carillon.bus.transport.TransportException when the broker does not answer
     * @throws IllegalArgumentException when the start is a position that this broker does not have; or when keys are asked for,
     *     and not one message has a key that can be told
     */
    long count();

    /**
     * Brings them; answers how many. When it fails, some may have been brought; doing it again brings those twice.
     *
     * @throws dev.carillon.bus.transport.TransportException when the broker does not answer
     * @throws IllegalArgumentException when the start is a position that this broker does not have; or when keys are asked for,
     *     and not one message has a key that can be told
     */
    long run();
}
