package dev.carillon.avro;

import dev.carillon.events.LibraryVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers of one event for the schemas of others, each built at first use. Thread-safe. */
final class WriterReaders {

    /** Schemas are untrusted: when more than this many are cached, further ones are rebuilt on each use. */
    private static final int MAX_SCHEMAS = 128;

    private record Releases(List<SchemaHistory.Entry> entries, AtomicReferenceArray<@Nullable ValueReader> readers) {}

    private final EventShape<?> shape;
    private final String schemaText;
    private final SchemaHistory history;
    private final Map<Schema, ValueReader> bySchema = new ConcurrentHashMap<>();
    private volatile @Nullable Releases releases;

    WriterReaders(EventShape<?> shape, String schemaText, SchemaHistory history) {
        this.shape = shape;
        this.schemaText = schemaText;
        this.history = history;
    }

    /**
     * Whether a release may have added fields that we do not know. Always false for an event type that the library never
     * had.
     */
    boolean isFromTheFuture(LibraryVersion release) {
        return release.compareTo(history.newest()) > 0 && !releases().entries().isEmpty();
    }

    /** The latest known release. */
    LibraryVersion newest() {
        return history.newest();
    }

    /** The data in bytes that the latest schema does not fit, if one addition in one place explains them in exactly one way. */
    Optional<Object> readWithUnknownField(byte[] bytes) {
        List<SchemaHistory.Entry> entries = releases().entries();
        String latest = entries.get(entries.size() - 1).schemaText();
        return new UnknownField(shape.type(), EventSchema.parse(latest).avro()).read(bytes);
    }

    ValueReader of(LibraryVersion release) {
        Releases known = releases();
        if (known.entries().isEmpty()) {
            return shape.type();
        }
        int index = SchemaHistory.indexOf(known.entries(), release);
        ValueReader reader = known.readers().get(index);
        if (reader == null) {
            String writer = known.entries().get(index).schemaText();
            reader = writer.equals(schemaText)
                    ? shape.type()
                    : build(EventSchema.parse(writer).avro());
            known.readers().set(index, reader);
        }
        return reader;
    }

    private Releases releases() {
        Releases known = releases;
        if (known == null) {
            List<SchemaHistory.Entry> entries = history.entries(shape.eventType());
            known = new Releases(entries, new AtomicReferenceArray<>(entries.size()));
            releases = known;
        }
        return known;
    }

    ValueReader of(Schema writer) {
        ValueReader reader = bySchema.get(writer);
        if (reader == null) {
            reader = build(writer);
            if (bySchema.size() < MAX_SCHEMAS) {
                bySchema.put(writer, reader);
            }
        }
        return reader;
    }

    private ValueReader build(Schema writer) {
        boolean ours = writer.equals(EventSchema.parse(schemaText).avro());
        return ours ? shape.type() : Resolution.resolve(shape.type(), writer);
    }
}
