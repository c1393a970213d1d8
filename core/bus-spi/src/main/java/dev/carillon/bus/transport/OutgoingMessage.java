package dev.carillon.bus.transport;

import java.util.ArrayList;
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
 * @param schemaFingerprint the {@link SchemaFingerprint} of the schema, if readers need to find it: the event type is a user's own.
 *     Null for an event type of the event library, whose schema follows from the release in the metadata
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost more than it protects
public record OutgoingMessage(
        String topic,
        String eventType,
        List<Header> headers,
        @Nullable MessageKey key,
        byte[] data,
        String schemaText,
        @Nullable String schemaFingerprint) {

    /** A message whose schema follows from the release in its metadata. */
    public OutgoingMessage(
            String topic,
            String eventType,
            List<Header> headers,
            @Nullable MessageKey key,
            byte[] data,
            String schemaText) {
        this(topic, eventType, headers, key, data, schemaText, null);
    }

    /** The headers, with the fingerprint of the schema if there is one: for a wire format that does not contain the schema. */
    public List<Header> headersWithFingerprint() {
        if (schemaFingerprint == null) {
            return headers;
        }
        List<Header> all = new ArrayList<>(headers.size() + 1);
        all.addAll(headers);
        all.add(Header.of(SchemaFingerprint.HEADER, schemaFingerprint));
        return all;
    }
}
