package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;

/**
 * How values of one type are written: in the schema, as Avro bytes and as JSON. Immutable. The values passed to {@link
 * #write} and {@link #writeJson} are never null.
 */
abstract class DataType implements ValueReader {

    /** The expected value, to complete "must be …". */
    abstract String expected();

    /**
     * Appends this type as Python's {@code json.dumps} with sorted keys writes it.
     *
     * @param defined the names of the records that are already defined in the schema
     */
    abstract void appendSchema(StringBuilder schema, Set<String> defined);

    abstract void write(Object value, AvroBuffer out);

    /** Reads what {@link #write} wrote. */
    @Override
    public abstract Object read(AvroInput in);

    abstract void writeJson(Object value, JsonOutput out);

    /** Reads the value that starts with the current token. Afterwards the current token is the last one of the value. */
    abstract Object readJson(JsonInput in);

    /** The value that a {@link dev.carillon.events.DefaultValue} stands for; empty when it does not fit this type. */
    abstract Optional<Object> defaultOf(String text);

    /** This type as earlier releases wrote it in a record that has changed since. */
    DataType asWrittenByOldReleases() {
        return this;
    }

    /** Whether a value contains personal data at any depth. */
    boolean containsPii() {
        return false;
    }

    /** The problem of a null that is not allowed in a list or map. */
    final DataProblem missing() {
        return DataProblem.of("must be " + expected() + ", but is null");
    }

    /** The problem of a component that is null and not marked {@code @Nullable}. */
    final DataProblem missingComponent() {
        return DataProblem.of(
                "must be " + expected() + ", but is null; mark the component @Nullable if it may be null");
    }

    /** Writes a component of this type that is never null. */
    FieldWriter fieldWriter(Accessor accessor) {
        return FieldWriter.required(this, accessor);
    }
}
