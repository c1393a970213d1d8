package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** {@code double} and {@link Double}. */
final class DoubleType extends DataType {

    static final DoubleType INSTANCE = new DoubleType();

    private DoubleType() {}

    @Override
    String expected() {
        return "a number";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"double\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeDouble((Double) value);
    }

    @Override
    public Object read(AvroInput in) {
        return in.readDouble();
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.number((Double) value);
    }

    @Override
    Object readJson(JsonInput in) {
        return in.number(expected());
    }

    @Override
    Optional<Object> defaultOf(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    FieldWriter fieldWriter(Accessor accessor) {
        return accessor.type() == double.class ? new Primitive(accessor.ofDouble()) : super.fieldWriter(accessor);
    }

    private static final class Primitive extends FieldWriter {
        private final ToDoubleFunction<Object> accessor;

        Primitive(ToDoubleFunction<Object> accessor) {
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            out.writeDouble(accessor.applyAsDouble(data));
        }
    }
}
