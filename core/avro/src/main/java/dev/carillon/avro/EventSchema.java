package dev.carillon.avro;

import java.util.List;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * The Avro schema of event data. Immutable and thread-safe. Two schemas are equal if they describe the same data, however their
 * texts are formatted.
 */
public final class EventSchema {

    private final Schema avro;

    EventSchema(Schema avro) {
        this.avro = avro;
    }

    /**
     * Parses a schema leniently, as old releases and some event type names require: a namespace may contain a hyphen, and a
     * default need not match its type.
     *
     * @param text JSON, as Avro defines it
     * @throws IllegalArgumentException when the text is not a schema
     */
    public static EventSchema parse(String text) {
        try {
            return new EventSchema(new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(text));
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("not a valid Avro schema: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // For a name that nothing defines, Avro's parser throws a bare NullPointerException.
            throw new IllegalArgumentException("not a valid Avro schema", e);
        }
    }

    /**
     * Why data that were written with another schema cannot be read with this one, by Avro's schema resolution: a text for each
     * field, with its place in the schema. Empty if they can be read.
     */
    public List<String> problemsReading(EventSchema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(avro, writer.avro)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(EventSchema::describe)
                .toList();
    }

    private static String describe(Incompatibility problem) {
        return problem.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + problem.getLocation()
                + " (" + problem.getMessage() + ")";
    }

    Schema avro() {
        return avro;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSchema schema && avro.equals(schema.avro);
    }

    @Override
    public int hashCode() {
        return avro.hashCode();
    }

    /** The schema in JSON. */
    @Override
    public String toString() {
        return avro.toString();
    }
}
