package dev.carillon.avro;

import java.util.function.Function;

/** {@link String}. */
final class StringType extends TextType<String> {

    static final StringType INSTANCE = new StringType();

    private StringType() {
        super(String.class);
    }

    @Override
    String expected() {
        return "text";
    }

    @Override
    String parse(String text) {
        return text;
    }

    @Override
    String format(String value) {
        return value;
    }

    @Override
    void write(Object value, AvroBuffer out) {
        out.writeText((String) value);
    }

    @Override
    public Object read(AvroInput in) {
        return in.readText();
    }

    @Override
    FieldWriter fieldWriter(Accessor accessor) {
        return new Direct(accessor.ofReference());
    }

    /** A shortcut, because most components are strings. */
    private static final class Direct extends FieldWriter {
        private final Function<Object, Object> accessor;

        Direct(Function<Object, Object> accessor) {
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            Object value = accessor.apply(data);
            if (value == null) {
                throw INSTANCE.missingComponent();
            }
            out.writeText((String) value);
        }
    }
}
