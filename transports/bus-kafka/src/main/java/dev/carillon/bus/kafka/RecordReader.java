package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.kafka.registry.UnusableSchemaException;
import dev.carillon.bus.transport.IncomingMessage;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes messages of records, with the schemas that wrote them. */
final class RecordReader {

    static final byte[] NOTHING = new byte[0];

    private final SchemaRegistry registry;

    RecordReader(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * The message, also of a record that cannot be made out.
     *
     * @throws dev.carillon.bus.transport.TransportException when the registry does not tell the schema now; it may later
     */
    IncomingMessage read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return message(record, NOTHING, 0, null, "it has no value");
        }
        if (!Framing.isFramed(value)) {
            return message(
                    record,
                    value,
                    0,
                    null,
                    "its value does not begin with a zero byte and the id of a schema, but "
                            + (value.length < Framing.PREFIX
                                    ? "is " + value.length + " bytes long"
                                    : "with the byte " + value[0]));
        }
        try {
            Schema writer = registry.schemaOf(Framing.schemaId(value));
            return message(record, value, Framing.PREFIX, writer, null);
        } catch (UnusableSchemaException e) {
            return message(record, value, Framing.PREFIX, null, String.valueOf(e.getMessage()));
        }
    }

    /** The message as it stands on the wire, with what is known of its schema. */
    static IncomingMessage message(
            ConsumerRecord<byte[], byte[]> record,
            byte[] value,
            int dataStart,
            @Nullable Schema writer,
            @Nullable String problem) {
        return new IncomingMessage(
                record.topic(),
                record.partition(),
                Position.text(record.partition(), record.offset()),
                Wire.fromKafka(record.headers()),
                record.key(),
                value,
                dataStart,
                writer,
                problem);
    }
}
