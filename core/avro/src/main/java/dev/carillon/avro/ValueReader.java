package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/** Reads one value of a known schema. Immutable. */
interface ValueReader {

    /** Null where the schema lets null through, and for what is read over. */
    @Nullable
    Object read(AvroInput in);

    /** Fails when it comes to the value. */
    static ValueReader failing(String problem) {
        return in -> {
            throw DataProblem.at(in.position(), problem);
        };
    }
}
