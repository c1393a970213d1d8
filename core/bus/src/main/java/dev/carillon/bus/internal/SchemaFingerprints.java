package dev.carillon.bus.internal;

import dev.carillon.avro.SchemaHistory;
import dev.carillon.bus.transport.SchemaFingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The fingerprints of the schemas that a producer writes. Thread-safe. */
public final class SchemaFingerprints {

    /** An outbox may contain events of many old schemas; further ones are computed on each use. */
    private static final int MAX_CACHED = 1000;

    private final SchemaHistory history;
    private final Map<String, Optional<String>> bySchemaText = new ConcurrentHashMap<>();

    public SchemaFingerprints(SchemaHistory history) {
        this.history = history;
    }

    /**
     * The fingerprint of a schema; null for an event type of the event library.
     *
     * @param schemaText the schema, which contains the event type
     */
    public @Nullable String of(String eventType, String schemaText) {
        Optional<String> known = bySchemaText.get(schemaText);
        if (known == null) {
            known = history.eventTypes().contains(eventType)
                    ? Optional.empty()
                    : Optional.of(SchemaFingerprint.of(schemaText));
            if (bySchemaText.size() < MAX_CACHED) {
                bySchemaText.put(schemaText, known);
            }
        }
        return known.orElse(null);
    }
}
