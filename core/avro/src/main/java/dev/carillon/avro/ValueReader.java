package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/** Reads one value of a known schema. Immutable. */
interface ValueReader {

    /** Null where the schema allows null, and for skipped values. */
    @Nullable
    Object read(AvroInput in);

    /** A reader that fails when it reaches the value. */
    static ValueReader failing(String problem) {
        return in -> {
            throw DataProblem.at(in.position(), problem);
        };
    }
}
