package dev.carillon.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bus.EventProducer;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.concurrent.CompletableFuture;

/**
 * An event that was not sent yet, with everything that is needed to send it now or later. Immutable.
 *
 * @param topic without prefix
 * @param keyField the dotted path of the event's key
 * @param format how the data are written
 */
record UnsentEvent<T>(
        Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata, DataFormats.Format<T> format) {

    /**
     * Creates an event from data in JSON.
     *
     * @throws IllegalArgumentException when the event must stay in process, or has no such key field
     * @throws dev.carillon.avro.EventDataException when the data do not fit the event
     */
    static <T> UnsentEvent<T> of(
            Signal<T> signal, String topic, String keyField, String data, EventMetadata metadata, DataFormats formats) {
        signal.inProcessReason().ifPresent(reason -> {
            throw new IllegalArgumentException(signal.eventType() + " must stay in process: " + reason);
        });
        EventProducer.requireKeyField(signal, keyField);
        DataFormats.Format<T> format = formats.of(signal);
        UnsentEvent<T> event =
                new UnsentEvent<>(signal, topic, keyField, format.json().read(data), metadata, format);
        format.codec().encode(event.data());
        return event;
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws RuntimeException when the line is invalid, with the reason as its message
     */
    static UnsentEvent<?> parse(JsonObject line, Signals signals, DataFormats formats) {
        return of(
                signals.get(line.text("event_type")),
                line.text("topic"),
                line.text("key_field"),
                line.object("data"),
                EventMetadata.fromJson(line.object("metadata")),
                formats);
    }

    /** The whole event. Personal data are not masked. */
    ObjectNode toJson() {
        return Json.object()
                .put("event_type", signal.eventType())
                .put("topic", topic)
                .put("key_field", keyField)
                .putRawValue("data", Json.raw(format.json().write(data)))
                .putRawValue("metadata", Json.raw(metadata.toJson()));
    }

    CompletableFuture<String> sendWith(EventProducer producer) {
        return producer.send(signal, topic, keyField, data, metadata);
    }
}
