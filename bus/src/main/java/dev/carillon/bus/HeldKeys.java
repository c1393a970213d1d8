package dev.carillon.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys on which a dead letter holds back what comes behind it, by topic. They are known from the dead letters themselves, which
 * other members and operators change, too. Thread-safe.
 */
final class HeldKeys {

    /** Events without a key are held back together. */
    private record Name(String topic, @Nullable String key) {}

    private record Entry(DeadLetter letter, long since) {
        Name name() {
            return new Name(letter.topic(), letter.key());
        }
    }

    private final Map<Name, Map<String, Entry>> held = new HashMap<>();
    private final Map<String, Name> names = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();

    /** Whether something waits on this key. */
    synchronized boolean holds(String topic, @Nullable String key) {
        return !held.isEmpty() && held.containsKey(new Name(topic, key));
    }

    /** Whether something that is not on its way to the group again waits on this key. */
    synchronized boolean waits(String topic, @Nullable String key) {
        return letters(topic, key).anyMatch(letter -> letter.redriven() == null);
    }

    /**
     * Whether something on this key stands before this place. On its way to the group again or not: it may have been marked as
     * that, and never been sent.
     */
    synchronized boolean hasBefore(String topic, @Nullable String key, Origin place) {
        return letters(topic, key).anyMatch(place::isBehind);
    }

    private Stream<DeadLetter> letters(String topic, @Nullable String key) {
        return held.getOrDefault(new Name(topic, key), Map.of()).values().stream()
                .map(Entry::letter);
    }

    /** This member keeps a letter. */
    synchronized void kept(DeadLetter letter) {
        gone.remove(letter.id());
        put(new Entry(letter, System.nanoTime()));
    }

    /** This member struck a letter off. */
    synchronized void gone(String id) {
        gone.put(id, System.nanoTime());
        remove(id);
    }

    /** Takes over what was read of a topic, but for what this member has done since it began to read. */
    synchronized void read(String topic, List<DeadLetter> found, long begun) {
        List<String> old = held.values().stream()
                .flatMap(entries -> entries.values().stream())
                .filter(entry -> entry.letter().topic().equals(topic) && entry.since() - begun < 0)
                .map(entry -> entry.letter().id())
                .toList();
        old.forEach(this::remove);
        for (DeadLetter letter : found) {
            Long goneAt = gone.get(letter.id());
            boolean isNews = goneAt == null || goneAt - begun < 0;
            if (isNews && !names.containsKey(letter.id())) {
                put(new Entry(letter, begun));
            }
        }
        gone.values().removeIf(at -> at - begun < 0);
    }

    private void put(Entry entry) {
        remove(entry.letter().id());
        names.put(entry.letter().id(), entry.name());
        held.computeIfAbsent(entry.name(), absent -> new HashMap<>())
                .put(entry.letter().id(), entry);
    }

    private void remove(String id) {
        Name name = names.remove(id);
        if (name != null) {
            Map<String, Entry> entries = held.getOrDefault(name, new HashMap<>());
            entries.remove(id);
            if (entries.isEmpty()) {
                held.remove(name);
            }
        }
    }
}
