package dev.carillon.bus.internal.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The position of a message in its topic, or in an older topic of the same name. Ordered by partition, then by the age of the
 * topic, then by position.
 *
 * @param partition the partition
 * @param topicAge orders topics of the same name: older ones first; see {@link TopicAges}
 * @param sortable the position, padded so that texts sort as positions do
 */
public record TopicPosition(int partition, Instant topicAge, String sortable) implements Comparable<TopicPosition> {

    private static final int MAX_DIGITS = 20;
    private static final String ZEROS = "0".repeat(MAX_DIGITS);
    private static final Comparator<TopicPosition> ORDER = Comparator.comparingInt(TopicPosition::partition)
            .thenComparing(TopicPosition::topicAge)
            .thenComparing(TopicPosition::sortable);

    /** A position in the only known topic of its name. */
    public static TopicPosition of(int partition, String position) {
        return of(partition, Instant.EPOCH, position);
    }

    /** A position in one of several topics of the same name. On every broker, positions consist of numbers and separators. */
    public static TopicPosition of(int partition, Instant topicAge, String position) {
        StringBuilder sortable = new StringBuilder(2 * MAX_DIGITS);
        int start = 0;
        for (int i = 0; i <= position.length(); i++) {
            if (i == position.length() || !Character.isDigit(position.charAt(i))) {
                int digits = i - start;
                sortable.append(ZEROS, 0, Math.max(0, MAX_DIGITS - digits)).append(position, start, i);
                start = i + 1;
            }
        }
        return new TopicPosition(partition, topicAge, sortable.toString());
    }

    @Override
    public int compareTo(TopicPosition other) {
        return ORDER.compare(this, other);
    }

    /**
     * Determines which of several topics of the same name is older: the one whose message failed first. A topic that was
     * deleted and recreated restarts its positions, so positions alone are not enough. Not thread-safe.
     */
    static final class TopicAges {

        private final Map<String, Instant> firstFailed = new HashMap<>();

        /** Adds the topics of these dead letters to those that are already known. */
        <T> void addAll(Collection<T> deadLetters, Function<T, String> topicId, Function<T, Instant> failed) {
            deadLetters.stream()
                    .sorted(Comparator.comparing(failed))
                    .forEach(deadLetter -> add(topicId.apply(deadLetter), failed.apply(deadLetter)));
        }

        /**
         * Records that a message of this topic failed at this time. The first call for a topic counts, so the earliest failure
         * must be recorded first.
         */
        void add(String topicId, Instant failed) {
            firstFailed.putIfAbsent(topicId, failed);
        }

        /**
         * Returns the age of a topic; older topics sort first. The id is empty for dead letters of a release that did not
         * record it.
         */
        public Instant of(String topicId) {
            return topicId.isEmpty() ? Instant.EPOCH : firstFailed.getOrDefault(topicId, Instant.EPOCH);
        }
    }
}
