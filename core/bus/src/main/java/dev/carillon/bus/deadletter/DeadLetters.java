package dev.carillon.bus.deadletter;

import dev.carillon.bus.transport.RawMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The messages of one topic that one group could not handle. A dead letter remains until its event has been handled or it is
 * discarded: redriving does not remove it. Every call goes to the broker, and throws a
 * {@link dev.carillon.bus.transport.TransportException} when the broker is unavailable. Messages are loaded into memory one at
 * a time, regardless of their number and size. Thread-safe.
 */
public interface DeadLetters {

    /**
     * The dead letters of a group, and the malformed entries among them.
     *
     * @param deadLetters the dead letters in the order of their messages in the topic, partition by partition; those of a topic
     *     that was deleted and recreated follow those of the old one
     * @param malformed entries that are not dead letters, by their place
     */
    public record Listing(List<DeadLetter> deadLetters, List<Malformed> malformed) {

        /** Copies the lists. */
        public Listing {
            deadLetters = List.copyOf(deadLetters);
            malformed = List.copyOf(malformed);
        }
    }

    /**
     * An entry among the dead letters of a group that is not a dead letter: another program wrote it, or it was damaged. Its
     * origin is unknown and it cannot be redriven, but it can be discarded.
     *
     * @param place its place, in the broker's format
     * @param reason why it is not a dead letter; contains none of its data
     */
    public record Malformed(String place, String reason) {}

    /** All dead letters, in the order of {@link Listing#deadLetters}. */
    List<DeadLetter> list();

    /** All dead letters, and the malformed entries among them. */
    Listing inspect();

    /**
     * Returns the original message of a dead letter; empty when the dead letter is gone: handled, discarded, or redriven by
     * another client.
     */
    Optional<RawMessage> message(DeadLetter deadLetter);

    /**
     * Sends dead letters to this group again, in order, and only to the receivers that failed. A dead letter remains until its
     * event has been handled; an event that fails again becomes a dead letter again. Skips dead letters that are gone by now,
     * or that another client has redriven since they were listed.
     *
     * @throws dev.carillon.bus.transport.UnpublishableException when the broker, as it is configured now, will never accept one
     *     of them because it is too large; those before it were sent
     */
    void redrive(Collection<DeadLetter> chosen);

    /**
     * Removes dead letters: this group will never handle their events. Skips dead letters that another client has redriven
     * since they were listed.
     */
    void discard(Collection<DeadLetter> chosen);

    /** Removes malformed entries. */
    void discardMalformed(Collection<Malformed> chosen);
}
