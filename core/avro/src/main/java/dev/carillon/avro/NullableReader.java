package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/** Reads a nullable component: Avro's union of null and a type. */
record NullableReader(ValueReader reader) implements ValueReader {

    static final int NULL = 0;
    static final int VALUE = 1;

    private static final int BRANCHES = 2;

    @Override
    public @Nullable Object read(AvroInput in) {
        return in.readBranch(BRANCHES) == NULL ? null : reader.read(in);
    }
}
