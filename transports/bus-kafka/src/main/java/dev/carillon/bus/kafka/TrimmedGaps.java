package dev.carillon.bus.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The gaps that trimming has left in partitions, each of which was reported as lost. The position of the group goes past a gap as soon
 * as everything before it is finished. Until then the size of the gap is noted with the position, so that whoever reads on from there
 * reports what was before the gap, and not the gap again.
 */
final class TrimmedGaps {

    /** Nothing is left from an offset up to before another one. */
    private record Gap(long from, long to) {}

    /** Of each partition in order. */
    private final Map<TopicPartition, List<Gap>> gaps = new HashMap<>();

    /** A gap was found, and is reported. */
    void found(TopicPartition partition, long from, long to) {
        gaps.computeIfAbsent(partition, absent -> new ArrayList<>()).add(new Gap(from, to));
    }

    /** What to commit when the group is finished with everything before the offset. */
    OffsetAndMetadata mark(TopicPartition partition, GroupBirth birth, long offset) {
        List<Gap> ahead = gaps.getOrDefault(partition, List.of());
        long next = offset;
        while (!ahead.isEmpty() && next >= ahead.get(0).from()) {
            next = Math.max(next, ahead.remove(0).to());
        }
        return birth.mark(
                next, ahead.stream().mapToLong(gap -> gap.to() - gap.from()).sum());
    }

    /** These partitions are no longer ours, or begin anew. */
    void forget(Collection<TopicPartition> partitions) {
        gaps.keySet().removeAll(partitions);
    }
}
