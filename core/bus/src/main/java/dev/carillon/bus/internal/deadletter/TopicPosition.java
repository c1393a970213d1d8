package dev.carillon.bus.internal.deadletter;

import dev.carillon.bus.transport.Position;
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
 * @param position the position
 */
record TopicPosition(int partition, Instant topicAge, Position position) implements Comparable<TopicPosition> {

    private static final Comparator<TopicPosition> ORDER = Comparator.comparingInt(TopicPosition::partition)
            .thenComparing(TopicPosition::topicAge)
            .thenComparing(TopicPosition::position);

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
         * Returns the age of a topic; older topics sort first. The id is empty for dead letters of a transport without topic
         * ids, and of a topic whose id was unknown.
         */
        Instant of(String topicId) {
            return topicId.isEmpty() ? Instant.EPOCH : firstFailed.getOrDefault(topicId, Instant.EPOCH);
        }
    }
}
