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
 * Which records of a compacted topic of one partition count: of each name the newest, unless it has no value, which says that the
 * name is gone. Compaction may not have come by yet, so a record that was replaced or discarded may still be read at its place.
 * Remembers where the newest ones stand, and reads on from where it was. For one thread at a time.
 */
final class NewestRecords {

    private final TopicReader reader;
    private final String topic;
    private final Map<ByteBuffer, Long> offsets = new HashMap<>();
    private long next;

    NewestRecords(TopicReader reader, String topic) {
        this.reader = reader;
        this.topic = topic;
    }

    /** Reads all of them, from the beginning. */
    <T> List<T> read(Function<ConsumerRecord<byte[], byte[]>, T> toRemember) {
        offsets.clear();
        next = 0;
        Map<ByteBuffer, T> newest = new LinkedHashMap<>();
        reader.read(topic, StartAt.earliest(), record -> {
            saw(record.key(), record.value(), record.offset());
            if (record.key() != null) {
                ByteBuffer name = ByteBuffer.wrap(record.key());
                newest.remove(name);
                if (record.value() != null) {
                    newest.put(name, toRemember.apply(record));
                }
            }
            return true;
        });
        return List.copyOf(newest.values());
    }

    /** Whether nobody has replaced or discarded this record by now. */
    boolean has(ConsumerRecord<byte[], byte[]> record) {
        reader.read(topic, next == 0 ? StartAt.earliest() : StartAt.after(Position.text(0, next - 1)), later -> {
            saw(later.key(), later.value(), later.offset());
            return true;
        });
        return record.key() != null && Long.valueOf(record.offset()).equals(offsets.get(ByteBuffer.wrap(record.key())));
    }

    /** We have just written this: if nothing came between, it need not be read. */
    void wrote(ProducerRecord<byte[], byte[]> record, long offset) {
        if (offset == next) {
            saw(record.key(), record.value(), offset);
        }
    }

    private void saw(byte @Nullable [] key, byte @Nullable [] value, long offset) {
        next = offset + 1;
        if (key != null && value != null) {
            offsets.put(ByteBuffer.wrap(key), offset);
        } else if (key != null) {
            offsets.remove(ByteBuffer.wrap(key));
        }
    }
}
