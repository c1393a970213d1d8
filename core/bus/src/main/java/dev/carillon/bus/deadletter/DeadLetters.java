package dev.carillon.bus.deadletter;

import dev.carillon.bus.transport.RawMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The messages of one topic that one group could not handle. A dead letter stays until its event has been handled after all, or it
 * is discarded: redriving does not remove it. Every call asks the broker, and throws a
 * {@link dev.carillon.bus.transport.TransportException} when that is unavailable. Messages are in memory one at a time, however
 * many and large they are. Thread-safe.
 */
public interface DeadLetters {

    /**
     * What was found.
     *
     * @param letters in the order in which their messages stand in their topic, partition by partition; those of a topic that was
     *     deleted and made anew come behind those of the old one
     * @param malformed what is no dead letter, by its place
     */
    public record Listing(List<DeadLetter> letters, List<Malformed> malformed) {

        /** Takes copies. */
        public Listing {
            letters = List.copyOf(letters);
            malformed = List.copyOf(malformed);
        }
    }

    /**
     * Something among the dead letters of a group that is none: somebody else wrote it, or it was damaged. Nobody can tell what it was, or
     * bring it back; it can be discarded.
     *
     * @param place where it stands, in the broker's words
     * @param reason why it is no dead letter; nothing of what it holds
     */
    public record Malformed(String place, String reason) {}

    /** All of them, in the order of {@link Listing#letters}. */
    List<DeadLetter> list();

    /** All of them, and what stands among them that is none. */
    Listing inspect();

    /** The message of a letter as it came; empty when the letter is gone: handled, discarded, or redriven by somebody else. */
    Optional<RawMessage> message(DeadLetter letter);

    /**
     * Sends them to the group again, in order, and to no other: to the receivers that failed. A letter stays until its event has
     * been handled; one that fails again is a letter again. One that is gone by now, or that somebody else has redriven since it was
     * listed, is passed over.
     *
     * @throws dev.carillon.bus.transport.UnpublishableException when the broker will never take one of them, which is too large, as it is
     *     set up now; those before it were sent
     */
    void redrive(Collection<DeadLetter> chosen);

    /**
     * Removes them: their events will never be handled by this group. One that somebody else has redriven since it was listed is
     * passed over.
     */
    void discard(Collection<DeadLetter> chosen);

    /** Removes what is no dead letter. */
    void discardMalformed(Collection<Malformed> chosen);
}
