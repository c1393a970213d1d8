package dev.carillon.avro;

import java.util.Optional;
import org.apache.avro.Schema;

/** Readers that convert a scalar of the writer to one of ours, where Avro allows it. */
final class ScalarReaders {

    private ScalarReaders() {}

    static Optional<ValueReader> of(DataType type, Schema.Type writer) {
        return switch (writer) {
            case STRING, BYTES -> only(type instanceof TextType || type instanceof BytesType, type);
            case BOOLEAN -> only(type instanceof BooleanType, type);
            case DOUBLE -> only(type instanceof DoubleType, type);
            case FLOAT -> only(type instanceof DoubleType, in -> (double) in.readFloat());
            case INT, LONG ->
                type instanceof DoubleType
                        ? Optional.of(in -> (double) in.readLong())
                        : only(type instanceof LongType || type instanceof IntType, type);
            default -> Optional.empty();
        };
    }

    private static Optional<ValueReader> only(boolean possible, ValueReader reader) {
        return possible ? Optional.of(reader) : Optional.empty();
    }
}
