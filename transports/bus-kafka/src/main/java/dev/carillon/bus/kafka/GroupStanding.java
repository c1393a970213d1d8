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
 * Where one group stands in one topic.
 *
 * @param committed what it committed, by partition; those where it has not are missing
 * @param next the offset of the first message that it has not finished, by partition; those where it cannot be told are missing
 * @param begins where the partitions begin
 * @param ends where they end
 */
record GroupStanding(
        Map<TopicPartition, OffsetAndMetadata> committed,
        Map<TopicPartition, Long> next,
        Map<TopicPartition, Long> begins,
        Map<TopicPartition, Long> ends) {

    /** The note that the group left with its offsets, for partitions where it left none. */
    Optional<GroupBirth> birth() {
        return GroupBirth.earliest(List.copyOf(committed.values()));
    }

    /** What is not finished: where it begins, in the partitions that hold something of it. */
    Map<TopicPartition, Long> unread() {
        Map<TopicPartition, Long> unread = new HashMap<>();
        next.forEach((partition, offset) -> {
            long first = Math.max(offset, begins.getOrDefault(partition, 0L));
            if (first < ends.getOrDefault(partition, 0L)) {
                unread.put(partition, first);
            }
        });
        return unread;
    }

    /** How many messages are not finished, as far as offsets tell; empty when it cannot be told in all partitions. */
    OptionalLong lag() {
        if (!isKnown()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unread().entrySet().stream()
                .mapToLong(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue())
                .sum());
    }

    /** How many messages left the topic before the group had finished them. */
    long lost() {
        return next.entrySet().stream()
                .mapToLong(entry -> Math.max(0, begins.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    boolean isKnown() {
        return next.keySet().containsAll(ends.keySet());
    }

    /** Behind which message it stands in each partition. */
    String described() {
        return describe(next, ends);
    }

    static String describe(Map<TopicPartition, Long> next, Map<TopicPartition, Long> partitions) {
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
