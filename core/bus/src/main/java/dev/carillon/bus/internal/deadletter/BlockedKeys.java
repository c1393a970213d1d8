package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.internal.deadletter.TopicPosition.TopicAges;
import dev.carillon.bus.transport.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are blocked by dead letters, by topic. They are derived from the dead letters, which other group members and
 * operators also change. Keeps an {@link Entry} for each dead letter, not its content. Thread-safe.
 */
public final class BlockedKeys {

    /** A key of a topic. Events without a key share one entry, and are blocked together. */
    record TopicKey(String topic, @Nullable String key) {}

    /**
     * The position of the event of a dead letter. Where topic ids are unknown, dead letters of a topic that was deleted and
     * recreated may have the same position.
     */
    record EventPosition(TopicPosition place, String id) implements Comparable<EventPosition> {
        private static final Comparator<EventPosition> ORDER =
                Comparator.comparing(EventPosition::place).thenComparing(EventPosition::id);

        @Override
        public int compareTo(EventPosition other) {
            return ORDER.compare(this, other);
        }
    }

    /** The data of a dead letter that is kept in memory. */
    public record Entry(
            TopicKey key,
            String id,
            String topicId,
            int partition,
            Position position,
            Instant firstFailed,
            boolean redriven,
            String place,
            long since) {}

    private final Map<TopicKey, NavigableMap<EventPosition, Entry>> blocked = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private final TopicAges ages = new TopicAges();
    private final Function<String, Position> positions;

    /** The function parses positions; a dead letter contains its position as text. */
    public BlockedKeys(Function<String, Position> positions) {
        this.positions = positions;
    }

    /**
     * Returns what is kept of a dead letter.
     *
     * @param since when it was read or stored, as {@link System#nanoTime()}
     */
    public Entry entry(DeadLetter deadLetter, long since) {
        return new Entry(
                new TopicKey(deadLetter.topic(), deadLetter.key()),
                deadLetter.id(),
                deadLetter.topicId(),
                deadLetter.partition(),
                positions.apply(deadLetter.position()),
                deadLetter.firstFailed(),
                deadLetter.redrivenAt() != null,
                deadLetter.place(),
                since);
    }

    /** Whether a dead letter blocks this key. */
    public synchronized boolean isBlocked(String topic, @Nullable String key) {
        return !blocked.isEmpty() && blocked.containsKey(new TopicKey(topic, key));
    }

    /** Whether a dead letter that is not being redriven blocks this key. */
    public synchronized boolean isBlockedByUnredriven(String topic, @Nullable String key) {
        return onKey(topic, key).values().stream().anyMatch(entry -> !entry.redriven());
    }

    /**
     * Whether a dead letter on this key precedes a redriven event in its partition. Includes those that are marked as redriven:
     * they may never have been sent.
     */
    public synchronized boolean hasBefore(@Nullable String key, Origin redriven) {
        EventPosition before = onKey(redriven.topic(), key)
                .lowerKey(at(redriven.topicId(), redriven.partition(), redriven.position(), ""));
        return before != null && before.place().partition() == redriven.partition();
    }

    private EventPosition at(String topicId, int partition, Position position, String id) {
        return new EventPosition(new TopicPosition(partition, ages.of(topicId), position), id);
    }

    private EventPosition at(Entry entry) {
        return at(entry.topicId(), entry.partition(), entry.position(), entry.id());
    }

    /** The last known place of the dead letter with this id. */
    public synchronized Optional<String> placeOf(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::place);
    }

    private NavigableMap<EventPosition, Entry> onKey(String topic, @Nullable String key) {
        return Objects.requireNonNullElseGet(blocked.get(new TopicKey(topic, key)), TreeMap::new);
    }

    /** Records that this member has stored a dead letter. */
    public synchronized void stored(DeadLetter deadLetter) {
        gone.remove(deadLetter.id());
        ages.add(deadLetter.topicId(), deadLetter.firstFailed());
        put(entry(deadLetter, System.nanoTime()));
    }

    /** Records that this member has removed a dead letter. */
    public synchronized void gone(String id) {
        gone.put(id, System.nanoTime());
        remove(id);
    }

    /**
     * Replaces the dead letters of a topic with those that were read, except for changes that this member has made since the
     * read began.
     *
     * @param begun when the read began, as {@link System#nanoTime()}
     */
    public synchronized void read(String topic, List<Entry> found, long begun) {
        List<String> old = byId.values().stream()
                .filter(entry -> entry.key().topic().equals(topic) && entry.since() - begun < 0)
                .map(Entry::id)
                .toList();
        old.forEach(this::remove);
        ages.addAll(found, Entry::topicId, Entry::firstFailed);
        for (Entry entry : found) {
            Long goneAt = gone.get(entry.id());
            boolean isStillKept = goneAt == null || goneAt - begun < 0;
            if (isStillKept && !byId.containsKey(entry.id())) {
                put(entry);
            }
        }
        gone.values().removeIf(at -> at - begun < 0);
    }

    private void put(Entry entry) {
        remove(entry.id());
        byId.put(entry.id(), entry);
        blocked.computeIfAbsent(entry.key(), absent -> new TreeMap<>()).put(at(entry), entry);
    }

    private void remove(String id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            NavigableMap<EventPosition, Entry> onKey = blocked.get(entry.key());
            if (onKey != null && onKey.remove(at(entry)) != null && onKey.isEmpty()) {
                blocked.remove(entry.key());
            }
        }
    }
}
