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
    record Name(String topic, @Nullable String key) {}

    /**
     * The position of the event of a dead letter. Dead letters of a release that did not record topic ids may have the same
     * position.
     */
    record At(TopicPosition place, String id) implements Comparable<At> {
        private static final Comparator<At> ORDER =
                Comparator.comparing(At::place).thenComparing(At::id);

        @Override
        public int compareTo(At other) {
            return ORDER.compare(this, other);
        }
    }

    /** The data of a dead letter that is kept in memory. */
    public record Entry(
            Name name,
            String id,
            @Nullable String eventId,
            String topicId,
            int partition,
            Position position,
            Instant firstFailed,
            boolean redriven,
            String place,
            long since) {}

    private final Map<Name, NavigableMap<At, Entry>> blocked = new HashMap<>();
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
                new Name(deadLetter.topic(), deadLetter.key()),
                deadLetter.id(),
                deadLetter.eventId(),
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
        return !blocked.isEmpty() && blocked.containsKey(new Name(topic, key));
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
        At before = onKey(redriven.topic(), key)
                .lowerKey(at(redriven.topicId(), redriven.partition(), redriven.position(), ""));
        return before != null && before.place().partition() == redriven.partition();
    }

    private At at(String topicId, int partition, Position position, String id) {
        return new At(new TopicPosition(partition, ages.of(topicId), position), id);
    }

    private At at(Entry entry) {
        return at(entry.topicId(), entry.partition(), entry.position(), entry.id());
    }

    /** The last known place of the dead letter with this id. */
    public synchronized Optional<String> placeOf(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::place);
    }

    /** Whether the dead letter with this id is that of this event. Other events may have had the same dead letter id. */
    public synchronized boolean isStored(String id, @Nullable String eventId) {
        Entry entry = byId.get(id);
        return entry != null && eventId != null && eventId.equals(entry.eventId());
    }

    private NavigableMap<At, Entry> onKey(String topic, @Nullable String key) {
        return Objects.requireNonNullElseGet(blocked.get(new Name(topic, key)), TreeMap::new);
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
                .filter(entry -> entry.name().topic().equals(topic) && entry.since() - begun < 0)
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
        blocked.computeIfAbsent(entry.name(), absent -> new TreeMap<>()).put(at(entry), entry);
    }

    private void remove(String id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            NavigableMap<At, Entry> onKey = blocked.get(entry.name());
            if (onKey != null && onKey.remove(at(entry)) != null && onKey.isEmpty()) {
                blocked.remove(entry.name());
            }
        }
    }
}
