package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/** {@code int} and {@link Integer}: a long on the wire. Reading fails if the value does not fit. */
final class IntType extends DataType {

    static final IntType INSTANCE = new IntType();

    private IntType() {}

    @Override
    String expected() {
        return "a whole number of 32 bits";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"long\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeLong((Integer) value);
    }

    @Override
    public Object read(AvroInput in) {
        return in.readInt();
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.number((Integer) value);
    }

    @Override
    Object readJson(JsonInput in) {
        long value = in.wholeNumber(expected());
        if (value != (int) value) {
            throw DataProblem.of("must be " + expected() + ", but is a number beyond that");
        }
        return (int) value;
    }

    @Override
    Optional<Object> defaultOf(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    FieldWriter fieldWriter(Accessor accessor) {
        return accessor.type() == int.class ? new Primitive(accessor.ofInt()) : super.fieldWriter(accessor);
    }

    private static final class Primitive extends FieldWriter {
        private final ToIntFunction<Object> accessor;

        Primitive(ToIntFunction<Object> accessor) {
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            out.writeLong(accessor.applyAsInt(data));
        }
    }
}
