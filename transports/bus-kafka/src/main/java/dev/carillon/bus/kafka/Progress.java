package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * How far each partition was handed out, and how far that is finished with. Offsets that are no messages (the markers and aborted
 * records of transactions) are never handed out: where everything before them is finished with, so are they, or else the group
 * would seem to lag for ever.
 */
final class Progress {

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> handedOut = new HashMap<>();
    private final Map<TopicPartition, Long> finished = new HashMap<>();

    Progress(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The group begins with this offset. */
    void begin(TopicPartition partition, long next) {
        handedOut.put(partition, next);
        finished.put(partition, next);
    }

    void handedOut(TopicPartition partition, long offset) {
        handedOut.put(partition, offset + 1);
    }

    /**
     * The group is finished with everything before this offset. Answers false where it was told more before, and where so much was
     * never handed out: that was before the partition went to another member and came back, and is in flight again.
     */
    boolean finished(TopicPartition partition, long next) {
        Long before = finished.get(partition);
        if ((before != null && before >= next) || next > handedOut.getOrDefault(partition, 0L)) {
            return false;
        }
        finished.put(partition, next);
        return true;
    }

    /** Everything before this offset is finished with; empty where nothing was handed out or begun with yet. */
    OptionalLong finished(TopicPartition partition) {
        Long next = finished.get(partition);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Up to where offsets behind what is finished are no messages; empty where there are none, or messages are in flight. */
    OptionalLong behind(TopicPartition partition) {
        Long next = finished.get(partition);
        if (next == null || !next.equals(handedOut.get(partition))) {
            return OptionalLong.empty();
        }
        try {
            long position = consumer.position(partition, Duration.ZERO);
            if (position <= next) {
                return OptionalLong.empty();
            }
            finished.put(partition, position);
            handedOut.put(partition, position);
            return OptionalLong.of(position);
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    /** These partitions are no longer ours. */
    void forget(Collection<TopicPartition> partitions) {
        handedOut.keySet().removeAll(partitions);
        finished.keySet().removeAll(partitions);
    }
}
