package dev.carillon.bus.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param topic the full topic, with its prefix
 * @param eventType the event type, which also names the schema
 * @param headers the headers on the wire
 * @param key the key; null when the transport carries none
 * @param data the event data as Avro
 * @param schemaText the schema of the data as it is registered
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost more than it protects
public record OutgoingMessage(
        String topic,
        String eventType,
        List<Header> headers,
        @Nullable MessageKey key,
        byte[] data,
        String schemaText) {}
