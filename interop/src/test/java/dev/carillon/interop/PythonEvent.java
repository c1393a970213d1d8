package dev.carillon.interop;

import static java.util.Objects.requireNonNull;

import dev.carillon.events.EventMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as Python tells it.
 *
 * @param variant which sample it is; empty when the Python side does not know
 * @param data as a tree, see {@link DataTree}
 * @param metadataJson the metadata, as their {@code to_json} writes them
 * @param fromEventBus whether the receiver was told that it came from the bus
 */
record PythonEvent(
        String eventType, String variant, @Nullable Object data, String metadataJson, boolean fromEventBus) {

    private static final String NAIVE = "NAIVE";

    static PythonEvent of(Map<String, @Nullable Object> line) {
        return new PythonEvent(
                (String) requireNonNull(line.get("event_type")),
                line.get("variant") instanceof String variant ? variant : "",
                line.get("data"),
                (String) requireNonNull(line.get("metadata")),
                Boolean.TRUE.equals(line.get("from_event_bus")));
    }

    EventMetadata metadata() {
        return EventMetadata.fromJson(metadataJson);
    }

    String id() {
        return metadata().id().toString();
    }

    /** Whether its times have no offset. */
    boolean isNaive() {
        return variant.equals(NAIVE);
    }

    /** The data as Java must read them: a time without offset is one in UTC. */
    @Nullable
    Object dataInJava() {
        return isNaive() ? DataTree.withOffsets(data) : data;
    }
}
