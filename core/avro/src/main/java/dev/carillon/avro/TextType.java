package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type whose values are text on the wire. */
abstract class TextType<V> extends DataType {

    private final Class<V> javaType;

    TextType(Class<V> javaType) {
        this.javaType = javaType;
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException when the text is invalid; the message says why
     * @throws java.time.DateTimeException when the text is invalid; the message says why
     */
    abstract V parse(String text);

    /**
     * Returns the text of a value.
     *
     * @throws RuntimeException when the value cannot be written; the message says why, without the value
     */
    abstract String format(V value);

    @Override
    final void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"string\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeText(text(value));
    }

    @Override
    public Object read(AvroInput in) {
        int position = in.position();
        return valueOf(in.readText(), position);
    }

    @Override
    final void writeJson(Object value, JsonOutput out) {
        out.text(text(value));
    }

    private String text(Object value) {
        try {
            return format(javaType.cast(value));
        } catch (DataProblem e) {
            throw e;
        } catch (RuntimeException e) {
            throw DataProblem.unwritable(e.getMessage());
        }
    }

    @Override
    final Object readJson(JsonInput in) {
        return valueOf(in.text(expected()), DataProblem.NOWHERE);
    }

    final V valueOf(String text, int position) {
        try {
            return parse(text);
        } catch (RuntimeException e) {
            throw DataProblem.invalid(position, expected(), text, reason(e));
        }
    }

    /** Why {@link #parse} failed, without repeating the text. */
    @Nullable
    String reason(RuntimeException error) {
        return error.getMessage();
    }

    @Override
    Optional<Object> defaultOf(String text) {
        try {
            return Optional.of(parse(text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
