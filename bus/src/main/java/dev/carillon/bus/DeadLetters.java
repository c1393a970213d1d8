package dev.carillon.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one topic that one group could not handle. A letter stays until its event has been handled after all, or it is
 * discarded: to redrive it does not remove it. Every call asks the broker, and throws a
 * {@link dev.carillon.bus.spi.TransportException} when that does not answer. Thread-safe.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int ID_BYTES = 6;

    private record Placed(DeadLetter letter, PlaceInTopic place) {}

    private final MessageStore store;
    private final String letters;
    private final String retry;

    DeadLetters(MessageStore store, String fullTopic, String group) {
        this.store = store;
        this.letters = GroupTopics.deadLetters(fullTopic, group);
        this.retry = GroupTopics.retry(fullTopic, group);
    }

    /** All of them, in the order in which their messages stand in their topic, partition by partition. */
    public List<DeadLetter> list() {
        Map<String, DeadLetter> byId = new LinkedHashMap<>();
        for (IncomingMessage kept : store.kept(letters)) {
            LetterHeaders.read(kept)
                    .ifPresentOrElse(
                            letter -> put(byId, letter), () -> LOG.warn("{} is no dead letter: passed over", kept));
        }
        return inOrder(byId.values());
    }

    private static List<DeadLetter> inOrder(Collection<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> new Placed(letter, PlaceInTopic.of(letter.partition(), letter.position())))
                .sorted(Comparator.comparing(Placed::place))
                .map(Placed::letter)
                .toList();
    }

    /** A message whose consumer was killed after it became a letter became one twice; the newer one counts. */
    private void put(Map<String, DeadLetter> byId, DeadLetter letter) {
        DeadLetter older = byId.put(letter.id(), letter);
        if (older != null) {
            discard(older.id(), older.place());
        }
    }

    /**
     * Sends them to the group again, in order, and to no other: to the receivers that failed. A letter stays until its event has
     * been handled; one that fails again is a letter again.
     */
    public void redrive(Collection<DeadLetter> chosen) {
        for (DeadLetter letter : inOrder(chosen)) {
            redrive(letter);
        }
    }

    DeadLetter redrive(DeadLetter letter) {
        DeadLetter marked = keep(letter.redrivenAt(Clock.systemUTC().instant(), letter.place()));
        store.send(retry, List.of(LetterHeaders.redriven(marked)));
        return marked;
    }

    /** Removes them: their events will never be handled by this group. */
    public void discard(Collection<DeadLetter> chosen) {
        chosen.forEach(letter -> discard(letter.id(), letter.place()));
    }

    void discard(String id, String place) {
        store.discard(letters, id, place);
    }

    /** Keeps a letter, in place of the one of the same id where it has a place already. */
    DeadLetter keep(DeadLetter letter) {
        String place = store.keep(
                letters, letter.id(), letter.place().isEmpty() ? null : letter.place(), LetterHeaders.kept(letter));
        return letter.redrivenAt(letter.redriven(), place);
    }

    /** One message has one id, however often it becomes a letter. */
    static String idOf(String topic, String position) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((topic + "@" + position).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
