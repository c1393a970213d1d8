package dev.carillon.bus;

import dev.carillon.bus.LetterHeaders.Detail;
import dev.carillon.bus.spi.HeaderNames;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageStore;
import dev.carillon.bus.spi.UnpublishableException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one topic that one group could not handle. A letter stays until its event has been handled after all, or it is
 * discarded: to redrive it does not remove it. Every call asks the broker, and throws a
 * {@link dev.carillon.bus.spi.TransportException} when that does not answer. Thread-safe.
 */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private record Placed(DeadLetter letter, PlaceInTopic place) {}

    private final MessageStore store;
    private final HeaderNames names;
    private final String topic;
    private final String group;
    private final String letters;
    private final String retry;

    DeadLetters(MessageStore store, HeaderNames names, String fullTopic, String group) {
        this.store = store;
        this.names = names;
        this.topic = fullTopic;
        this.group = group;
        this.letters = GroupTopics.deadLetters(fullTopic, group);
        this.retry = GroupTopics.retry(fullTopic, group);
    }

    /** All of them, in the order in which their messages stand in their topic, partition by partition. */
    public List<DeadLetter> list() {
        Map<String, DeadLetter> byId = new LinkedHashMap<>();
        for (IncomingMessage kept : store.kept(letters)) {
            LetterHeaders.read(kept, names)
                    .ifPresentOrElse(
                            letter -> {
                                if (isOurs(letter)) {
                                    put(byId, letter);
                                }
                            },
                            () -> LOG.warn("{} is no dead letter: passed over", kept));
        }
        return inOrder(byId.values());
    }

    /** Another group's dead letters may stand in the same topic: {@link GroupTopics}. */
    private boolean isOurs(DeadLetter letter) {
        return letter.topic().equals(topic) && letter.group().equals(group);
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
     *
     * @throws dev.carillon.bus.spi.UnpublishableException when the broker will never take one of them, which is too large, as it is
     *     set up now; those before it were sent
     */
    public void redrive(Collection<DeadLetter> chosen) {
        for (DeadLetter letter : inOrder(chosen)) {
            redrive(letter);
        }
    }

    DeadLetter redrive(DeadLetter letter) {
        DeadLetter marked = keep(letter.redrivenAt(Clock.systemUTC().instant(), letter.place()));
        asFarAsItFits(detail -> {
            store.send(retry, List.of(LetterHeaders.redriven(marked, detail)));
            return retry;
        });
        return marked;
    }

    /** Removes them: their events will never be handled by this group. */
    public void discard(Collection<DeadLetter> chosen) {
        chosen.forEach(letter -> discard(letter.id(), letter.place()));
    }

    void discard(String id, String place) {
        store.discard(letters, id, place);
    }

    /**
     * Keeps a letter, in place of the one of the same id where it has a place already.
     *
     * @throws UnpublishableException when the broker will never take it, also without what can be done without
     */
    DeadLetter keep(DeadLetter letter) {
        @Nullable String replaced = letter.place().isEmpty() ? null : letter.place();
        String place = asFarAsItFits(
                detail -> store.keep(letters, letter.id(), replaced, LetterHeaders.kept(letter, detail)));
        return letter.redrivenAt(letter.redriven(), place);
    }

    /** A message that fits a topic may not fit another with what is added to it. */
    private static String asFarAsItFits(Function<Detail, String> attempt) {
        try {
            return attempt.apply(Detail.ALL);
        } catch (UnpublishableException tooLarge) {
            try {
                return attempt.apply(Detail.SHORT_CAUSE);
            } catch (UnpublishableException stillTooLarge) {
                return attempt.apply(Detail.LEAST);
            }
        }
    }
}
