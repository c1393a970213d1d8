package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The partitions of which more messages may be begun with. Changed by the polling thread, asked by workers. */
final class OwnedPartitions {

    private volatile Set<Partition> partitions = Set.of();

    static List<Partition> named(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new Partition(partition.topic(), partition.partition()))
                .toList();
    }

    void add(Collection<TopicPartition> assigned) {
        Set<Partition> more = new HashSet<>(partitions);
        more.addAll(named(assigned));
        partitions = Set.copyOf(more);
    }

    void remove(Collection<TopicPartition> revoked) {
        Set<Partition> fewer = new HashSet<>(partitions);
        named(revoked).forEach(fewer::remove);
        partitions = Set.copyOf(fewer);
    }

    boolean contains(IncomingMessage message) {
        return partitions.contains(new Partition(message.topic(), message.partition()));
    }
}
