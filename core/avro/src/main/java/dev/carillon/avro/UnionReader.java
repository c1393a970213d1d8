package dev.carillon.avro;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a value of the union branch that the bytes select. */
final class UnionReader implements ValueReader {

    private final ValueReader[] branches;

    private UnionReader(ValueReader[] branches) {
        this.branches = branches;
    }

    static UnionReader of(Schema union, Function<Schema, ValueReader> branchReader) {
        return new UnionReader(union.getTypes().stream().map(branchReader).toArray(ValueReader[]::new));
    }

    @Override
    public @Nullable Object read(AvroInput in) {
        return branches[in.readBranch(branches.length)].read(in);
    }
}
