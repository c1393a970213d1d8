package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/**
 * One component of a record, which is one field on the wire.
 *
 * @param name the name on the wire
 * @param nullable whether it may be null, which is then its default
 * @param defaultValue what it holds when it is missing and not nullable; null when it must be there
 * @param pii whether it holds personal data
 */
record Component(
        String name,
        DataType type,
        boolean nullable,
        @Nullable Object defaultValue,
        boolean pii,
        Accessor accessor) {

    /** Whether data without it can be read. */
    boolean optional() {
        return nullable || defaultValue != null;
    }

    FieldWriter writer() {
        return nullable ? FieldWriter.nullable(type, accessor) : type.fieldWriter(accessor);
    }

    ValueReader reader() {
        return nullable ? new NullableReader(type) : type;
    }

    boolean containsPii() {
        return pii || type.containsPii();
    }
}
