package dev.carillon.avro;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an Avro record of another schema field by field, in the writer's order, and creates our record from it. */
final class RecordReader implements ValueReader {

    /**
     * A field of the writer.
     *
     * @param slot the index of the component that it fills, or {@link #GONE}
     */
    record Field(String name, ValueReader reader, int slot) {

        /** The field is skipped: our record has no such component. */
        static final int GONE = -1;

        DataProblem locate(DataProblem problem, RecordType type) {
            return slot == GONE
                    ? problem.inField(name)
                    : problem.inComponent(type.components().get(slot));
        }
    }

    private final RecordType type;
    private final List<Field> fields;
    private final ValueReader[] readers;
    private final int[] slots;
    private final @Nullable Object[] defaults;

    /** A reader of these fields. Components that no field fills get their defaults. */
    RecordReader(RecordType type, List<Field> fields) {
        this.type = type;
        this.fields = List.copyOf(fields);
        this.readers = fields.stream().map(Field::reader).toArray(ValueReader[]::new);
        this.slots = fields.stream().mapToInt(Field::slot).toArray();
        this.defaults = type.defaults();
    }

    @Override
    public Object read(AvroInput in) {
        @Nullable Object[] values = defaults.clone();
        int i = 0;
        try {
            for (; i < readers.length; i++) {
                Object value = readers[i].read(in);
                if (slots[i] != Field.GONE) {
                    values[slots[i]] = value;
                }
            }
        } catch (DataProblem e) {
            throw fields.get(i).locate(e, type);
        }
        return type.make(values, in.position());
    }
}
