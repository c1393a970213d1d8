package dev.carillon.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Builds a reader of our data for bytes that were written with another schema, by Avro's schema resolution: fields match by
 * name, fields that we no longer have are skipped, fields that the writer did not have get their defaults, and numbers
 * widen. Record names and the writer's defaults are ignored: some releases wrote the default null as a text.
 *
 * <p>If the schemas contradict each other, the reader fails only when it reaches such a value, because the data may not
 * contain one (an empty list, another branch of a union).
 */
final class Resolution {

    private record Pair(RecordType type, Schema writer) {}

    private final Map<Pair, RecordReader> records = new HashMap<>();
    private final Skips skips = new Skips();
    private final @Nullable Insertion insertion;

    private Resolution(@Nullable Insertion insertion) {
        this.insertion = insertion;
    }

    /**
     * A field that the writer has but that is missing in the known schema of the writer.
     *
     * @param record the full name of the record that contains it
     * @param index its index among the known fields
     */
    record Insertion(String record, int index, ValueReader skip) {}

    static ValueReader resolve(RecordType event, Schema writer) {
        return new Resolution(null).valueReader(event, writer);
    }

    static ValueReader resolve(RecordType event, Schema writer, Insertion insertion) {
        return new Resolution(insertion).valueReader(event, writer);
    }

    private ValueReader valueReader(DataType type, Schema writer) {
        return switch (writer.getType()) {
            case UNION -> UnionReader.of(writer, branch -> valueReader(type, branch));
            case RECORD ->
                type instanceof RecordType record ? recordReader(record, writer) : contradiction(type, writer);
            case ARRAY ->
                type instanceof ListType list
                        ? new ListReader(valueReader(list.item(), writer.getElementType()))
                        : contradiction(type, writer);
            case MAP ->
                type instanceof MapType map
                        ? new MapReader(valueReader(map.value(), writer.getValueType()))
                        : contradiction(type, writer);
            default -> ScalarReaders.of(type, writer.getType()).orElseGet(() -> contradiction(type, writer));
        };
    }

    private static ValueReader contradiction(DataType type, Schema writer) {
        String found = writer.getType().getName();
        return ValueReader.failing("must be " + type.expected() + ", but the writer's schema has " + found);
    }

    private RecordReader recordReader(RecordType type, Schema writer) {
        Pair pair = new Pair(type, writer);
        RecordReader known = records.get(pair);
        if (known == null) {
            known = new RecordReader(type, fields(type, writer));
            records.put(pair, known);
        }
        return known;
    }

    private List<RecordReader.Field> fields(RecordType type, Schema writer) {
        List<String> ours = type.components().stream().map(Component::name).toList();
        List<String> theirs =
                writer.getFields().stream().map(Schema.Field::name).toList();
        boolean old = !ours.equals(theirs);
        List<RecordReader.Field> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            int slot = ours.indexOf(field.name());
            ValueReader reader = slot < 0
                    ? skips.of(field.schema())
                    : componentReader(type.components().get(slot), field.schema(), old);
            fields.add(new RecordReader.Field(field.name(), reader, slot));
        }
        if (insertion != null && insertion.record().equals(writer.getFullName())) {
            fields.add(insertion.index(), new RecordReader.Field("unknown", insertion.skip(), RecordReader.Field.GONE));
        }
        for (Component component : type.components()) {
            if (!component.optional() && !theirs.contains(component.name())) {
                ValueReader missing = ValueReader.failing(
                        "must be " + component.type().expected() + ", but the writer's schema does not have it");
                fields.add(new RecordReader.Field(component.name(), missing, ours.indexOf(component.name())));
            }
        }
        return fields;
    }

    private ValueReader componentReader(Component component, Schema writer, boolean old) {
        return switch (writer.getType()) {
            case UNION -> UnionReader.of(writer, branch -> componentReader(component, branch, old));
            case NULL -> nullReader(component);
            default -> valueReader(old ? component.type().asWrittenByOldReleases() : component.type(), writer);
        };
    }

    /** Null is the default where we have one, as for a null in Python's data. */
    private static ValueReader nullReader(Component component) {
        @Nullable Object value = component.defaultValue();
        return component.optional()
                ? in -> value
                : ValueReader.failing("must be " + component.type().expected() + ", but is null");
    }
}
