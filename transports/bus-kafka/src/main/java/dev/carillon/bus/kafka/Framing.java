package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.MessageKey;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.io.BinaryData;
import org.jspecify.annotations.Nullable;

/** Keys and values as they stand in a record: a zero byte, the id of the schema in four bytes, then Avro. */
final class Framing {

    /** How many bytes stand before the Avro. */
    static final int PREFIX = 5;

    /** How the subjects of values end. */
    static final String VALUE_SUBJECT = ".CloudEvent";

    private static final byte MAGIC = 0;
    private static final int LONGEST_NUMBER = 10;

    private Framing() {}

    static byte[] value(int schemaId, byte[] avro) {
        return ByteBuffer.allocate(PREFIX + avro.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(avro)
                .array();
    }

    static byte[] key(int schemaId, MessageKey key) {
        byte[] avro = new byte[LONGEST_NUMBER];
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
     * Where a key goes: the CRC-32 of its bytes, modulo the number of partitions, as in the Python producer; but with the id of
     * the first schema that keys of this topic had. For the same value, taken from fields of two names, has two schemas, and
     * yet must not go to two partitions.
     */
    static int partition(byte[] key, int firstSchemaId, int partitions) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(PREFIX).put(MAGIC).putInt(firstSchemaId).array());
        crc.update(key, PREFIX, key.length - PREFIX);
        return (int) (crc.getValue() % partitions);
    }

    /** Where a message that was read before goes: those of one key to one partition, those without one to the first. */
    static int partition(byte @Nullable [] key, int partitions) {
        return key == null || !isFramed(key) ? 0 : partition(key, 0, partitions);
    }

    /** The Avro type of a key, which is the end of its subject. */
    static String typeOf(MessageKey key) {
        if (key.value() instanceof String) {
            return "string";
        }
        if (key.value() instanceof Long) {
            return "long";
        }
        return key.value() instanceof Double ? "double" : "boolean";
    }

    /** The schema of a key as the Python producer registers it: the field, not its type alone. */
    static String schemaText(String field, String type) {
        return "{\"name\": \"" + field + "\", \"type\": \"" + type + "\"}";
    }

    /** The subject of the values that events of a type have in a topic. */
    static String valueSubject(String topic, String eventType) {
        return topic + "-" + eventType + VALUE_SUBJECT;
    }

    /** Whether a value begins as it should; it may be shorter than its schema asks for. */
    static boolean isFramed(byte[] value) {
        return value.length >= PREFIX && value[0] == MAGIC;
    }

    static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
