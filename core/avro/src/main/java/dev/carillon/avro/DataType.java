package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;

/**
 * How values of one type travel: in the schema, as Avro bytes and as JSON. Immutable. The values given to
 * {@link #write} and {@link #writeJson} are never null.
 */
abstract class DataType implements ValueReader {

    /** What a value must be, to complete "must be …". */
    abstract String expected();

    /**
     * Appends this type as Python's {@code json.dumps} with sorted keys writes it.
     *
     * @param defined the names of the records that stand in the schema already
     */
    abstract void appendSchema(StringBuilder schema, Set<String> defined);

    abstract void write(Object value, AvroBuffer out);

    /** Reads what {@link #write} wrote. */
    @Override
    public abstract Object read(AvroInput in);

    abstract void writeJson(Object value, JsonOutput out);

    /** Reads the value that starts with the current token, and stays on its last token. */
    abstract Object readJson(JsonInput in);

    /** The value that a {@link dev.carillon.events.DefaultValue} means; empty when it fits this type badly. */
    abstract Optional<Object> defaultOf(String text);

    /** This type as releases before the present one wrote it in a record that has changed since. */
    DataType asWrittenByOldReleases() {
        return this;
    }

    /** Whether a value holds personal data somewhere inside. */
    boolean containsPii() {
        return false;
    }

    /** A value that is null, but must not be. */
    final DataProblem missing() {
        return DataProblem.of("must be " + expected() + ", but is null");
    }

    /** Writes a component of this type that is never null. */
    FieldWriter fieldWriter(Accessor accessor) {
        return FieldWriter.required(this, accessor);
    }
}
