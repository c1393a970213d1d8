package dev.carillon.interop;

import static java.util.Objects.requireNonNull;

import dev.carillon.events.EventMetadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in a JSON line of the Python side.
 *
 * @param variant the variant of the sample; empty when the Python side does not know it
 * @param data as a tree, see {@link DataTree}
 * @param metadataJson the metadata, as Python's {@code to_json} writes it
 * @param fromEventBus whether the Python receiver got it from the bus
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

    /** Whether its times have no UTC offset. */
    boolean isNaive() {
        return variant.equals(NAIVE);
    }

    /** The data as Java must read it: a time without an offset is in UTC. */
    @Nullable
    Object dataInJava() {
        return isNaive() ? DataTree.withOffsets(data) : data;
    }
}
