package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.MessageKey;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.io.BinaryData;
import org.jspecify.annotations.Nullable;

/** Confluent's wire format of keys and values: a zero byte, four bytes with the schema id, then Avro. */
final class WireFormat {

    /** The number of bytes before the Avro data. */
    static final int PREFIX = 5;

    static final String VALUE_SUBJECT_SUFFIX = ".CloudEvent";

    private static final byte MAGIC = 0;
    private static final int MAX_NUMBER_BYTES = 10;

    private WireFormat() {}

    static byte[] value(int schemaId, byte[] avro) {
        return ByteBuffer.allocate(PREFIX + avro.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(avro)
                .array();
    }

    static byte[] key(int schemaId, MessageKey key) {
        byte[] avro = new byte[MAX_NUMBER_BYTES];
        int length;
        if (key.value() instanceof String text) {
            byte[] utf8 = text.getBytes(UTF_8);
            length = BinaryData.encodeLong(utf8.length, avro, 0);
            return ByteBuffer.allocate(PREFIX + length + utf8.length)
                    .put(MAGIC)
                    .putInt(schemaId)
                    .put(avro, 0, length)
                    .put(utf8)
                    .array();
        }
        if (key.value() instanceof Long number) {
            length = BinaryData.encodeLong(number, avro, 0);
        } else if (key.value() instanceof Double number) {
            length = BinaryData.encodeDouble(number, avro, 0);
        } else {
            length = BinaryData.encodeBoolean((Boolean) key.value(), avro, 0);
        }
        return ByteBuffer.allocate(PREFIX + length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(avro, 0, length)
                .array();
    }

    /**
     * The partition of a key: the CRC-32 of its bytes modulo the number of partitions, as in the Python producer. The schema id in
     * those bytes is that of the topic's first key schema: equal values from fields of different names have different schemas, but
     * must go to the same partition.
     */
    static int partition(byte[] key, int firstSchemaId, int partitions) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(PREFIX).put(MAGIC).putInt(firstSchemaId).array());
        crc.update(key, PREFIX, key.length - PREFIX);
        return (int) (crc.getValue() % partitions);
    }

    /** The partition for a message that is sent again: the same for equal keys; the first one without a key. */
    static int partition(byte @Nullable [] key, int partitions) {
        return key == null || !isFramed(key) ? 0 : partition(key, 0, partitions);
    }

    /** The Avro type of a key, which is the suffix of its subject. */
    static String typeOf(MessageKey key) {
        if (key.value() instanceof String) {
            return "string";
        }
        if (key.value() instanceof Long) {
            return "long";
        }
        return key.value() instanceof Double ? "double" : "boolean";
    }

    /** The key schema that the Python producer registers: with the name of the field. */
    static String keySchemaText(String field, String type) {
        return "{\"name\": \"" + field + "\", \"type\": \"" + type + "\"}";
    }

    /** The subject of the values of an event type in a topic. */
    static String valueSubject(String topic, String eventType) {
        return topic + "-" + eventType + VALUE_SUBJECT_SUFFIX;
    }

    /** Whether a value begins with the prefix; the Avro data may still be incomplete. */
    static boolean isFramed(byte[] value) {
        return value.length >= PREFIX && value[0] == MAGIC;
    }

    static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
