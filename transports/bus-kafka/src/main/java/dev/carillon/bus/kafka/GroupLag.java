package dev.carillon.bus.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of one group in one topic, by partition.
 *
 * @param committed the committed offsets; partitions without one are missing
 * @param next the first unprocessed offset; partitions where it is unknown are missing
 * @param beginnings the first offsets of the partitions
 * @param ends the end offsets of the partitions
 */
record GroupLag(
        Map<TopicPartition, OffsetAndMetadata> committed,
        Map<TopicPartition, Long> next,
        Map<TopicPartition, Long> beginnings,
        Map<TopicPartition, Long> ends) {

    /** For partitions without a commit: the earliest metadata of the others. */
    Optional<CommitMetadata> metadata() {
        return CommitMetadata.earliest(List.copyOf(committed.values()));
    }

    /** The offset of the first unprocessed message in each partition that has one. */
    Map<TopicPartition, Long> unread() {
        Map<TopicPartition, Long> unread = new HashMap<>();
        next.forEach((partition, offset) -> {
            long first = Math.max(offset, beginnings.getOrDefault(partition, 0L));
            if (first < ends.getOrDefault(partition, 0L)) {
                unread.put(partition, first);
            }
        });
        return unread;
    }

    /** The number of unprocessed messages, computed from offsets; empty if it is unknown for a partition. */
    OptionalLong total() {
        if (!isKnown()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unread().entrySet().stream()
                .mapToLong(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue())
                .sum());
    }

    /** How many messages left the topic before the group processed them. */
    long lost() {
        return next.entrySet().stream()
                .mapToLong(entry -> Math.max(0, beginnings.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    boolean isKnown() {
        return next.keySet().containsAll(ends.keySet());
    }

    /** The last processed message of each partition: {@code 0:1700 1:- 2:?}, with - for none and ? for unknown. */
    String positions() {
        return positions(next, ends);
    }

    static String positions(Map<TopicPartition, Long> next, Map<TopicPartition, Long> partitions) {
        Map<Integer, Long> byNumber = new TreeMap<>();
        partitions
                .keySet()
                .forEach(partition -> byNumber.put(partition.partition(), next.getOrDefault(partition, -1L)));
        return byNumber.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String text(long next) {
        return next < 0 ? "?" : next == 0 ? "-" : Long.toString(next - 1);
    }
}
