package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders.Detail;
import dev.carillon.bus.internal.deadletter.DeadLetterHeaders.MalformedException;
import dev.carillon.bus.internal.deadletter.TopicPosition.TopicAges;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.Transport;
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
 * Stores dead letters in the store of the transport: the original bytes and headers, with details of the failure in additional
 * headers. Thread-safe.
 */
public final class DeadLetterStore implements DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /**
     * One entry: a dead letter of this group with the reader's result, a malformed entry, or an entry of another group, which
     * has neither.
     */
    private record Found<T>(
            @Nullable String id,
            String place,
            @Nullable T result,
            @Nullable Malformed malformed) {}

    private final MessageStore store;
    private final Transport transport;
    private final String topic;
    private final String group;
    private final String deadLetterTopic;
    private final String retry;

    /** The transport is that of the store; it stays open, too. */
    public DeadLetterStore(MessageStore store, Transport transport, String fullTopic, String group) {
        this.store = store;
        this.transport = transport;
        this.topic = fullTopic;
        this.group = group;
        this.deadLetterTopic = GroupTopics.deadLetters(fullTopic, group);
        this.retry = GroupTopics.retry(fullTopic, group);
    }

    @Override
    public List<DeadLetter> list() {
        return inspect().deadLetters();
    }

    @Override
    public Listing inspect() {
        List<Malformed> malformed = new ArrayList<>();
        return new Listing(inOrder(read(Function.identity(), malformed)), malformed);
    }

    /**
     * Applies the reader to each dead letter, and returns the results. Entries that are not dead letters are added to the list.
     * Discards the older one of two dead letters with the same id.
     */
    public <T> List<T> read(Function<DeadLetter, T> reader, List<Malformed> malformed) {
        Map<String, Found<T>> byId = new LinkedHashMap<>();
        for (Found<T> found : store.list(deadLetterTopic, message -> found(message, reader))) {
            if (found.malformed() != null) {
                malformed.add(found.malformed());
            } else if (found.id() != null) {
                @Nullable Found<T> older = byId.put(found.id(), found);
                if (older != null) {
                    // The consumer was killed after storing the dead letter, and it was stored twice; the newer one
                    // counts.
                    discard(found.id(), older.place());
                }
            }
        }
        List<T> results = new ArrayList<>(byId.size());
        byId.values().forEach(found -> {
            if (found.result() != null) {
                results.add(found.result());
            }
        });
        return results;
    }

    private <T> Found<T> found(IncomingMessage message, Function<DeadLetter, T> reader) {
        try {
            DeadLetter deadLetter = DeadLetterHeaders.read(message, transport);
            return isOurs(deadLetter)
                    ? new Found<>(deadLetter.id(), deadLetter.place(), reader.apply(deadLetter), null)
                    : new Found<>(null, message.position().toString(), null, null);
        } catch (MalformedException e) {
            String place = message.position().toString();
            return new Found<>(null, place, null, new Malformed(place, e.reason()));
        }
    }

    /** Dead letters of another group may be in the same topic: see {@link GroupTopics}. */
    private boolean isOurs(DeadLetter deadLetter) {
        return deadLetter.topic().equals(topic) && deadLetter.group().equals(group);
    }

    private List<DeadLetter> inOrder(Collection<DeadLetter> unordered) {
        record Placed(DeadLetter deadLetter, TopicPosition place) {}
        TopicAges ages = new TopicAges();
        ages.addAll(unordered, DeadLetter::topicId, DeadLetter::firstFailed);
        return unordered.stream()
                .map(deadLetter -> new Placed(
                        deadLetter,
                        new TopicPosition(
                                deadLetter.partition(),
                                ages.of(deadLetter.topicId()),
                                transport.position(deadLetter.position()))))
                .sorted(Comparator.comparing(Placed::place))
                .map(Placed::deadLetter)
                .toList();
    }

    /** Finds the dead letter with this id at this place; empty when it is gone or malformed. */
    public Optional<DeadLetter> find(String id, String place) {
        return store.find(deadLetterTopic, place)
                .map(message -> found(message, Function.identity()))
                .filter(found -> id.equals(found.id()))
                .map(Found::result);
    }

    @Override
    public Optional<RawMessage> message(DeadLetter deadLetter) {
        return store.find(deadLetterTopic, deadLetter.place())
                .filter(message -> deadLetter.id().equals(message.header(DeadLetterHeaders.ID)))
                .map(DeadLetterHeaders::original);
    }

    @Override
    public void redrive(Collection<DeadLetter> chosen) {
        forEachCurrent(inOrder(chosen), this::redrive);
    }

    /** Reads each dead letter again right before the action: others may have changed it since it was listed. */
    private void forEachCurrent(Collection<DeadLetter> listed, BiConsumer<DeadLetter, RawMessage> action) {
        @Nullable Map<String, DeadLetter> all = null;
        for (DeadLetter deadLetter : listed) {
            @Nullable DeadLetter now = deadLetter;
            Optional<RawMessage> message = message(deadLetter);
            if (message.isEmpty()) {
                if (all == null) {
                    all = list().stream().collect(Collectors.toMap(DeadLetter::id, Function.identity()));
                }
                now = all.get(deadLetter.id());
                message = now == null || isRedrivenSince(deadLetter, now) ? Optional.empty() : message(now);
            }
            if (now == null || message.isEmpty()) {
                LOG.info(
                        "Dead letter {} of group {} was removed or redriven by another client since it was listed; skipping it",
                        deadLetter,
                        group);
            } else {
                action.accept(now, message.get());
            }
        }
    }

    private static boolean isRedrivenSince(DeadLetter listed, DeadLetter now) {
        return now.redrivenAt() != null && !now.redrivenAt().equals(listed.redrivenAt());
    }

    public DeadLetter redrive(DeadLetter deadLetter, RawMessage message) {
        DeadLetter marked = put(deadLetter.withRedrive(Clock.systemUTC().instant(), deadLetter.place()), message);
        withLessDetailUntilItFits(detail -> {
            store.send(retry, List.of(DeadLetterHeaders.redriven(marked, message, detail)));
            return retry;
        });
        return marked;
    }

    @Override
    public void discard(Collection<DeadLetter> chosen) {
        forEachCurrent(chosen, (deadLetter, message) -> discard(deadLetter.id(), deadLetter.place()));
    }

    @Override
    public void discardMalformed(Collection<Malformed> chosen) {
        chosen.forEach(malformed -> store.discard(deadLetterTopic, malformed.place()));
    }

    public void discard(String id, String place) {
        store.discard(deadLetterTopic, id, place);
    }

    /**
     * Stores a dead letter. Replaces the stored one when it already has a place. Returns it with its new place.
     *
     * @throws UnpublishableException when the broker will never accept it, even without optional headers
     */
    public DeadLetter put(DeadLetter deadLetter, RawMessage message) {
        @Nullable String replaced = deadLetter.place().isEmpty() ? null : deadLetter.place();
        String place = withLessDetailUntilItFits(detail -> store.put(
                deadLetterTopic, deadLetter.id(), replaced, DeadLetterHeaders.stored(deadLetter, message, detail)));
        return deadLetter.withRedrive(deadLetter.redrivenAt(), place);
    }

    /**
     * Retries with less detail when a message is too large: one that fits its own topic may not fit another with the additional
     * headers.
     */
    private static String withLessDetailUntilItFits(Function<Detail, String> attempt) {
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
