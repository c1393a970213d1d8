package dev.carillon.avro;

import java.util.function.Function;

/** Reads one component of a record and writes it. Immutable. */
abstract class FieldWriter {

    abstract void write(Object data, AvroBuffer out);

    /** Writes a component that is never null. */
    static FieldWriter required(DataType type, Accessor accessor) {
        return new Required(type, accessor.ofReference());
    }

    /** Writes a component that may be null: Avro's union of null and the type. */
    static FieldWriter nullable(DataType type, Accessor accessor) {
        return new Nullable(type, accessor.ofReference());
    }

    private static final class Required extends FieldWriter {
        private final DataType type;
        private final Function<Object, Object> accessor;

        Required(DataType type, Function<Object, Object> accessor) {
            this.type = type;
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            Object value = accessor.apply(data);
            if (value == null) {
                throw type.missingComponent();
            }
            type.write(value, out);
        }
    }

    private static final class Nullable extends FieldWriter {
        private final DataType type;
        private final Function<Object, Object> accessor;

        Nullable(DataType type, Function<Object, Object> accessor) {
            this.type = type;
            this.accessor = accessor;
        }

        @Override
        void write(Object data, AvroBuffer out) {
            Object value = accessor.apply(data);
            if (value == null) {
                out.writeBranch(NullableReader.NULL);
            } else {
                out.writeBranch(NullableReader.VALUE);
                type.write(value, out);
            }
        }
    }
}
