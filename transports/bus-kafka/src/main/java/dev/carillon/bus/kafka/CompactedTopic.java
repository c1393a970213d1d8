package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.StartAt;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic of one partition: the newest record of each key, unless that is a tombstone. Kafka compacts later, so replaced
 * and discarded records can still be read. Caches the offsets of the newest records, and continues to read where it stopped. For
 * one thread at a time.
 */
final class CompactedTopic {

    private final TopicReader reader;
    private final String topic;
    private final Map<ByteBuffer, Long> offsets = new HashMap<>();
    private long next;

    CompactedTopic(TopicReader reader, String topic) {
        this.reader = reader;
        this.topic = topic;
    }

    /** Reads the topic from its beginning, and returns the results of the function for the newest record of each key. */
    <T> List<T> read(Function<ConsumerRecord<byte[], byte[]>, T> mapper) {
        offsets.clear();
        next = 0;
        Map<ByteBuffer, T> newest = new LinkedHashMap<>();
        reader.read(topic, StartAt.earliest(), record -> {
            track(record.key(), record.value(), record.offset());
            if (record.key() != null) {
                ByteBuffer key = ByteBuffer.wrap(record.key());
                newest.remove(key);
                if (record.value() != null) {
                    newest.put(key, mapper.apply(record));
                }
            }
            return true;
        });
        return List.copyOf(newest.values());
    }

    /** Whether this record has not been replaced or discarded. Reads the records that are new. */
    boolean isCurrent(ConsumerRecord<byte[], byte[]> record) {
        reader.read(topic, next == 0 ? StartAt.earliest() : StartAt.after(RecordPosition.text(0, next - 1)), later -> {
            track(later.key(), later.value(), later.offset());
            return true;
        });
        return record.key() != null && Long.valueOf(record.offset()).equals(offsets.get(ByteBuffer.wrap(record.key())));
    }

    /** Records that this record was just written. If no other came before it, it need not be read. */
    void wrote(ProducerRecord<byte[], byte[]> record, long offset) {
        if (offset == next) {
            track(record.key(), record.value(), offset);
        }
    }

    private void track(byte @Nullable [] key, byte @Nullable [] value, long offset) {
        next = offset + 1;
        if (key != null && value != null) {
            offsets.put(ByteBuffer.wrap(key), offset);
        } else if (key != null) {
            offsets.remove(ByteBuffer.wrap(key));
        }
    }
}
