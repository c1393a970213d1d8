package dev.carillon.bus.internal.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a message stands in its topic, or in an older one of that name, in the order of its partition.
 *
 * @param partition the partition
 * @param topicAge when the topic was younger than those before it, as {@link TopicAges} has it
 * @param sortable the position, written so that texts compare as positions do
 */
public record TopicPosition(int partition, Instant topicAge, String sortable) implements Comparable<TopicPosition> {

    private static final int LONGEST_NUMBER = 20;
    private static final String ZEROS = "0".repeat(LONGEST_NUMBER);
    private static final Comparator<TopicPosition> ORDER = Comparator.comparingInt(TopicPosition::partition)
            .thenComparing(TopicPosition::topicAge)
            .thenComparing(TopicPosition::sortable);

    /** In the only topic of its name that is known. */
    public static TopicPosition of(int partition, String position) {
        return of(partition, Instant.EPOCH, position);
    }

    /** Positions are numbers with something between them, on every broker. */
    public static TopicPosition of(int partition, Instant topicAge, String position) {
        StringBuilder sortable = new StringBuilder(2 * LONGEST_NUMBER);
        int start = 0;
        for (int i = 0; i <= position.length(); i++) {
            if (i == position.length() || !Character.isDigit(position.charAt(i))) {
                int digits = i - start;
                sortable.append(ZEROS, 0, Math.max(0, LONGEST_NUMBER - digits)).append(position, start, i);
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
     * Tells which of several topics of one name is the older one: that of which a message failed first. A topic that was deleted and made
     * anew counts its positions from the start, so that positions alone do not tell. For one thread.
     */
    static final class TopicAges {

        private final Map<String, Instant> firstFailed = new HashMap<>();

        /** These are known from now on, beside those that were seen before. */
        <T> void seeAll(Collection<T> letters, Function<T, String> topicId, Function<T, Instant> failed) {
            letters.stream()
                    .sorted(Comparator.comparing(failed))
                    .forEach(letter -> see(topicId.apply(letter), failed.apply(letter)));
        }

        /** A message of this topic failed then. Of several messages of a topic, the one that failed first is to be seen first. */
        void see(String topicId, Instant failed) {
            firstFailed.putIfAbsent(topicId, failed);
        }

        /** Older ones first. Where the id is not known, the letter is of a release that noted none. */
        public Instant of(String topicId) {
            return topicId.isEmpty() ? Instant.EPOCH : firstFailed.getOrDefault(topicId, Instant.EPOCH);
        }
    }
}
