package dev.carillon.avro;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code boolean} and {@link Boolean}. */
final class BooleanType extends DataType {

    static final BooleanType INSTANCE = new BooleanType();

    private BooleanType() {}

    @Override
    String expected() {
        return "true or false";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("\"boolean\"");
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeBoolean((Boolean) value);
    }

    @Override
    public Object read(AvroInput in) {
        return in.readBoolean();
    }

    @Override
    void writeJson(Object value, JsonOutput out) {
        out.bool((Boolean) value);
    }

    @Override
    Object readJson(JsonInput in) {
        return in.bool(expected());
    }

    @Override
    Optional<Object> defaultOf(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }

    @Override
    FieldWriter fieldWriter(Accessor accessor) {
        return accessor.type() == boolean.class ? new Primitive(accessor.ofBoolean()) : super.fieldWriter(accessor);
    }

    private static final class Primitive extends FieldWriter {
        private final Predicate<Object> accessor;

        Primitive(Predicate<Object> accessor) {
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            out.writeBoolean(accessor.test(data));
        }
    }
}
