package dev.carillon.bus.kafka;

import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.Partition;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The partitions of which more messages may be begun with. Changed by the polling thread, asked by workers. */
final class OwnedPartitions {

    private volatile Set<Partition> partitions = Set.of();

    void add(Collection<Partition> assigned) {
        Set<Partition> more = new HashSet<>(partitions);
        more.addAll(assigned);
        partitions = Set.copyOf(more);
    }

    void remove(Collection<Partition> revoked) {
        Set<Partition> fewer = new HashSet<>(partitions);
        revoked.forEach(fewer::remove);
        partitions = Set.copyOf(fewer);
    }

    boolean contains(IncomingMessage message) {
        return partitions.contains(new Partition(message.topic(), message.partition()));
    }
}
