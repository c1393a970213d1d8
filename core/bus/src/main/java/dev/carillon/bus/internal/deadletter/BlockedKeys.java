package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.internal.deadletter.TopicPosition.TopicAges;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys on which a dead letter holds back what comes behind it, by topic. They are known from the dead letters themselves, which
 * other members and operators change, too. Of a letter, only where it stands is kept. Thread-safe.
 */
public final class BlockedKeys {

    /** Events without a key are held back together. */
    record Name(String topic, @Nullable String key) {}

    /** Where a letter's event stands. Letters of a release that noted no topic's id may stand at the same place. */
    record At(TopicPosition place, String id) implements Comparable<At> {
        private static final Comparator<At> ORDER =
                Comparator.comparing(At::place).thenComparing(At::id);

        @Override
        public int compareTo(At other) {
            return ORDER.compare(this, other);
        }
    }

    /** What is remembered of a letter. */
    public record Entry(
            Name name,
            String id,
            @Nullable String eventId,
            String topicId,
            int partition,
            String position,
            Instant firstFailed,
            boolean redriven,
            String place,
            long since) {
        public static Entry of(DeadLetter letter, long since) {
            return new Entry(
                    new Name(letter.topic(), letter.key()),
                    letter.id(),
                    letter.eventId(),
                    letter.topicId(),
                    letter.partition(),
                    letter.position(),
                    letter.firstFailed(),
                    letter.redriven() != null,
                    letter.place(),
                    since);
        }
    }

    private final Map<Name, NavigableMap<At, Entry>> held = new HashMap<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private final TopicAges ages = new TopicAges();

    /** Whether something waits on this key. */
    public synchronized boolean holds(String topic, @Nullable String key) {
        return !held.isEmpty() && held.containsKey(new Name(topic, key));
    }

    /** Whether something that is not on its way to the group again waits on this key. */
    public synchronized boolean waits(String topic, @Nullable String key) {
        return onKey(topic, key).values().stream().anyMatch(entry -> !entry.redriven());
    }

    /**
     * Whether something on this key stands before an event that is redriven, in its partition. On its way to the group again or not:
     * it may have been marked as that, and never been sent.
     */
    public synchronized boolean hasBefore(@Nullable String key, Origin redriven) {
        At before = onKey(redriven.topic(), key)
                .lowerKey(at(redriven.topicId(), redriven.partition(), redriven.position(), ""));
        return before != null && before.place().partition() == redriven.partition();
    }

    private At at(String topicId, int partition, String position, String id) {
        return new At(TopicPosition.of(partition, ages.of(topicId), position), id);
    }

    private At at(Entry entry) {
        return at(entry.topicId(), entry.partition(), entry.position(), entry.id());
    }

    /** Where the letter of this id stands among the dead letters, as far as is known. */
    public synchronized Optional<String> placeOf(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::place);
    }

    /** Whether the event of this id is kept under this name, which others may have had, too. */
    public synchronized boolean isKept(String id, @Nullable String eventId) {
        Entry entry = byId.get(id);
        return entry != null && eventId != null && eventId.equals(entry.eventId());
    }

    private NavigableMap<At, Entry> onKey(String topic, @Nullable String key) {
        return Objects.requireNonNullElseGet(held.get(new Name(topic, key)), TreeMap::new);
    }

    /** This member keeps a letter. */
    public synchronized void kept(DeadLetter letter) {
        gone.remove(letter.id());
        ages.see(letter.topicId(), letter.firstFailed());
        put(Entry.of(letter, System.nanoTime()));
    }

    /** This member struck a letter off. */
    public synchronized void gone(String id) {
        gone.put(id, System.nanoTime());
        remove(id);
    }

    /** Takes over what was read of a topic, but for what this member has done since it began to read. */
    public synchronized void read(String topic, List<Entry> found, long begun) {
        List<String> old = byId.values().stream()
                .filter(entry -> entry.name().topic().equals(topic) && entry.since() - begun < 0)
                .map(Entry::id)
                .toList();
        old.forEach(this::remove);
        ages.seeAll(found, Entry::topicId, Entry::firstFailed);
        for (Entry entry : found) {
            Long goneAt = gone.get(entry.id());
            boolean isNews = goneAt == null || goneAt - begun < 0;
            if (isNews && !byId.containsKey(entry.id())) {
                put(entry);
            }
        }
        gone.values().removeIf(at -> at - begun < 0);
    }

    private void put(Entry entry) {
        remove(entry.id());
        byId.put(entry.id(), entry);
        held.computeIfAbsent(entry.name(), absent -> new TreeMap<>()).put(at(entry), entry);
    }

    private void remove(String id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            NavigableMap<At, Entry> onKey = held.get(entry.name());
            if (onKey != null && onKey.remove(at(entry)) != null && onKey.isEmpty()) {
                held.remove(entry.name());
            }
        }
    }
}
