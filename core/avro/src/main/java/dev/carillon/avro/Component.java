package dev.carillon.avro;

import org.jspecify.annotations.Nullable;

/**
 * One component of a record: one field on the wire.
 *
 * @param name the name on the wire
 * @param nullable whether it may be null; null is then its default
 * @param defaultValue the value when the field is missing and not nullable; null when the field is required
 * @param pii whether it holds personal data
 */
record Component(
        String name,
        DataType type,
        boolean nullable,
        @Nullable Object defaultValue,
        boolean pii,
        Accessor accessor) {

    /** Whether data without this field can be read. */
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
