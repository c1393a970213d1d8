package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** {@code long} and {@link Long}. */
final class LongType extends DataType {

    static final LongType INSTANCE = new LongType();

    private LongType() {}

    @Override
    String expected() {
        return "a whole number";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"long\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeLong((Long) value);
    }

    @Override
    public Object read(AvroInput in) {
        return in.readLong();
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.number((Long) value);
    }

    @Override
    Object readJson(JsonInput in) {
        return in.wholeNumber(expected());
    }

    @Override
    Optional<Object> defaultOf(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    FieldWriter fieldWriter(Accessor accessor) {
        return accessor.type() == long.class ? new Primitive(accessor.ofLong()) : super.fieldWriter(accessor);
    }

    private static final class Primitive extends FieldWriter {
        private final ToLongFunction<Object> accessor;

        Primitive(ToLongFunction<Object> accessor) {
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            out.writeLong(accessor.applyAsLong(data));
        }
    }
}
