package dev.carillon.bus.deadletter;

import dev.carillon.bus.transport.StartAt;
import java.util.Set;

/**
 * Redelivers messages that a topic still contains to one group, through the group's retry topic: no other group sees them.
 * Immutable: each method that narrows the selection returns a copy. A message must meet all conditions; within one condition,
 * one matching value is enough.
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
 * <p>The group's consumers receive the messages like redriven dead letters: they need the policy
 * {@link dev.carillon.bus.consumer.FailurePolicy#deadLetters}, and deliver them in parallel with new messages, to all receivers,
 * in order within one key.
 */
public interface Replay {

    /** Starts here and ends at the end of the topic; the default is the oldest message. */
    Replay from(StartAt start);

    /** Only events of these types. */
    Replay types(Set<String> eventTypes);

    /** Only events with these ids. */
    Replay ids(Set<String> eventIds);

    /**
     * Only events with these keys. When messages carry no key (on Redis), an event's key is the value of the key field that
     * {@code EVENT_BUS_PRODUCER_CONFIG} defines for its type; an event without it has no key.
     */
    Replay keys(Set<String> keys);

    /**
     * Returns the number of messages that {@link #run} would redeliver.
     *
     * @throws dev.carillon.bus.transport.TransportException when the broker does not respond
     * @throws IllegalArgumentException when the start is a position that does not exist on this broker, or when
     *     {@link #keys} is set and no message has a key that can be determined
     */
    long count();

    /**
     * Redelivers the messages and returns their number. When this fails, some may have been redelivered; running it again
     * delivers those twice.
     *
     * @throws dev.carillon.bus.transport.TransportException when the broker does not respond
     * @throws IllegalArgumentException when the topic does not exist or has no such group (nothing is sent then), when the start
     *     is a position that does not exist on this broker, or when {@link #keys} is set and no message has a key that can be
     *     determined
     */
    long run();
}
