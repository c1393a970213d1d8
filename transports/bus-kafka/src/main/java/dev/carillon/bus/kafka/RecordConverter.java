package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.kafka.registry.UnresolvableSchemaException;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.WriterSchema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Converts records to messages, with the schemas that wrote them. */
final class RecordConverter {

    static final byte[] EMPTY = new byte[0];

    private final SchemaRegistry registry;

    RecordConverter(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Converts a record. An undecodable one becomes a message that says why.
     *
     * @throws dev.carillon.bus.transport.TransportException if the registry cannot return the schema now; trying again may help
     */
    IncomingMessage convert(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return message(record, EMPTY, 0, null, "it has no value");
        }
        if (!WireFormat.isFramed(value)) {
            return message(
                    record,
                    value,
                    0,
                    null,
                    "its value must begin with a zero byte and a schema id, but "
                            + (value.length < WireFormat.PREFIX
                                    ? "has only " + value.length + " bytes"
                                    : "begins with the byte " + value[0]));
        }
        try {
            WriterSchema writer = registry.schemaOf(WireFormat.schemaId(value));
            return message(record, value, WireFormat.PREFIX, writer, null);
        } catch (UnresolvableSchemaException e) {
            return message(record, value, WireFormat.PREFIX, null, String.valueOf(e.getMessage()));
        }
    }

    /** Adds what is known about the schema to a record. */
    static IncomingMessage message(
            ConsumerRecord<byte[], byte[]> record,
            byte[] value,
            int dataStart,
            @Nullable WriterSchema writer,
            @Nullable String problem) {
        return new IncomingMessage(
                record.topic(),
                record.partition(),
                new RecordPosition(record.partition(), record.offset()),
                KafkaHeaders.fromKafka(record.headers()),
                record.key(),
                value,
                dataStart,
                writer,
                problem);
    }
}
