package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders.Detail;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders.MalformedException;
import dev.carillon.bus.internal.deadletter.TopicPosition.TopicAges;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters as the transport's store keeps them: their bytes and headers as they came, with what is known about the failure in
 * further headers. Thread-safe.
 */
public final class DeadLetterStore implements DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** One entry: a letter of this group with what is remembered of it, or a malformed one; neither, where it is another group's. */
    private record Found<T>(
            @Nullable String id,
            String place,
            @Nullable T remembered,
            @Nullable Malformed malformed) {}

    private final MessageStore store;
    private final HeaderNames names;
    private final String topic;
    private final String group;
    private final String letters;
    private final String retry;

    public DeadLetterStore(MessageStore store, HeaderNames names, String fullTopic, String group) {
        this.store = store;
        this.names = names;
        this.topic = fullTopic;
        this.group = group;
        this.letters = GroupTopics.deadLetters(fullTopic, group);
        this.retry = GroupTopics.retry(fullTopic, group);
    }

    @Override
    public List<DeadLetter> list() {
        return inspect().letters();
    }

    @Override
    public Listing inspect() {
        List<Malformed> malformed = new ArrayList<>();
        return new Listing(inOrder(read(Function.identity(), malformed)), malformed);
    }

    /** Remembers of each letter what the reader makes of it, and adds what is none to those that are malformed. */
    public <T> List<T> read(Function<DeadLetter, T> reader, List<Malformed> malformed) {
        Map<String, Found<T>> byId = new LinkedHashMap<>();
        for (Found<T> found : store.kept(letters, kept -> found(kept, reader))) {
            if (found.malformed() != null) {
                malformed.add(found.malformed());
            } else if (found.id() != null) {
                @Nullable Found<T> older = byId.put(found.id(), found);
                if (older != null) {
                    // Its consumer was killed after it became a letter, and it became one twice; the newer one counts.
                    discard(found.id(), older.place());
                }
            }
        }
        List<T> remembered = new ArrayList<>(byId.size());
        byId.values().forEach(found -> {
            if (found.remembered() != null) {
                remembered.add(found.remembered());
            }
        });
        return remembered;
    }

    private <T> Found<T> found(IncomingMessage kept, Function<DeadLetter, T> reader) {
        try {
            DeadLetter letter = DeadLetterHeaders.read(kept, names);
            return isOurs(letter)
                    ? new Found<>(letter.id(), letter.place(), reader.apply(letter), null)
                    : new Found<>(null, kept.position(), null, null);
        } catch (MalformedException e) {
            return new Found<>(null, kept.position(), null, new Malformed(kept.position(), e.reason()));
        }
    }

    /** Another group's dead letters may stand in the same topic: {@link GroupTopics}. */
    private boolean isOurs(DeadLetter letter) {
        return letter.topic().equals(topic) && letter.group().equals(group);
    }

    private static List<DeadLetter> inOrder(Collection<DeadLetter> letters) {
        record Placed(DeadLetter letter, TopicPosition place) {}
        TopicAges ages = new TopicAges();
        ages.seeAll(letters, DeadLetter::topicId, DeadLetter::firstFailed);
        return letters.stream()
                .map(letter -> new Placed(
                        letter, TopicPosition.of(letter.partition(), ages.of(letter.topicId()), letter.position())))
                .sorted(Comparator.comparing(Placed::place))
                .map(Placed::letter)
                .toList();
    }

    /** The letter of this id, where it stands; empty when it is gone, or malformed. */
    public Optional<DeadLetter> find(String id, String place) {
        return store.kept(letters, place)
                .map(kept -> found(kept, Function.identity()))
                .filter(found -> id.equals(found.id()))
                .map(Found::remembered);
    }

    @Override
    public Optional<RawMessage> message(DeadLetter letter) {
        return store.kept(letters, letter.place())
                .filter(kept -> letter.id().equals(kept.header(DeadLetterHeaders.ID)))
                .map(DeadLetterHeaders::original);
    }

    @Override
    public void redrive(Collection<DeadLetter> chosen) {
        asTheyStandNow(inOrder(chosen), this::redrive);
    }

    /** Somebody may have acted on the same letters since they were listed: looks at each right before something is done with it. */
    private void asTheyStandNow(Collection<DeadLetter> listed, BiConsumer<DeadLetter, RawMessage> action) {
        @Nullable Map<String, DeadLetter> all = null;
        for (DeadLetter letter : listed) {
            @Nullable DeadLetter now = letter;
            Optional<RawMessage> message = message(letter);
            if (message.isEmpty()) {
                if (all == null) {
                    all = list().stream().collect(Collectors.toMap(DeadLetter::id, Function.identity()));
                }
                now = all.get(letter.id());
                message = now == null || isRedrivenSince(letter, now) ? Optional.empty() : message(now);
            }
            if (now == null || message.isEmpty()) {
                LOG.info(
                        "Dead letter {} of group {} is gone, or was redriven by somebody else, since it was listed: left as it"
                                + " is",
                        letter,
                        group);
            } else {
                action.accept(now, message.get());
            }
        }
    }

    private static boolean isRedrivenSince(DeadLetter listed, DeadLetter now) {
        return now.redriven() != null && !now.redriven().equals(listed.redriven());
    }

    public DeadLetter redrive(DeadLetter letter, RawMessage message) {
        DeadLetter marked = keep(letter.redrivenAt(Clock.systemUTC().instant(), letter.place()), message);
        asFarAsItFits(detail -> {
            store.send(retry, List.of(DeadLetterHeaders.redriven(marked, message, detail)));
            return retry;
        });
        return marked;
    }

    @Override
    public void discard(Collection<DeadLetter> chosen) {
        asTheyStandNow(chosen, (letter, message) -> discard(letter.id(), letter.place()));
    }

    @Override
    public void discardMalformed(Collection<Malformed> chosen) {
        chosen.forEach(malformed -> store.discard(letters, malformed.place()));
    }

    public void discard(String id, String place) {
        store.discard(letters, id, place);
    }

    /**
     * Keeps a letter, in place of the one of the same id where it has a place already.
     *
     * @throws UnpublishableException when the broker will never take it, also without what can be done without
     */
    public DeadLetter keep(DeadLetter letter, RawMessage message) {
        @Nullable String replaced = letter.place().isEmpty() ? null : letter.place();
        String place = asFarAsItFits(
                detail -> store.keep(letters, letter.id(), replaced, DeadLetterHeaders.kept(letter, message, detail)));
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
