package dev.carillon.avro;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of a newer release, assuming that it added one or several fields, of any type, in one place: between two
 * known fields or at the end of a record. Raw Avro encodes neither the place nor the length, so every place and every
 * length is tried.
 *
 * <p>An attempt succeeds when it reads the bytes to their end and every value is valid. The right one is among the
 * successful ones. If they do not agree on the data, the right one cannot be determined and there is no result: a dead
 * letter can be redriven, wrong data cannot be corrected.
 */
final class UnknownField {

    /** The limit of attempts. Events are small: half a kilobyte takes about 5,000. */
    private static final int MAX_TRIES = 20_000;

    private final RecordType type;
    private final Schema known;

    /**
     * @param type our type of the data
     * @param known the writer's schema, as far as known
     */
    UnknownField(RecordType type, Schema known) {
        this.type = type;
        this.known = known;
    }

    /** The data; empty when no addition explains the bytes, or several additions do with different data. */
    Optional<Object> read(byte[] bytes) {
        Set<Schema> records = new LinkedHashSet<>();
        if (!collectRecords(known, records)) {
            return Optional.empty();
        }
        Set<Object> readings = new HashSet<>();
        int tries = 0;
        for (Schema record : records) {
            for (int index = 0; index <= record.getFields().size(); index++) {
                Gap gap = new Gap();
                ValueReader reader =
                        Resolution.resolve(type, known, new Resolution.Insertion(record.getFullName(), index, gap));
                while (gap.grow(bytes.length)) {
                    read(bytes, reader).ifPresent(readings::add);
                    if (readings.size() > 1 || ++tries > MAX_TRIES) {
                        return Optional.empty();
                    }
                }
            }
        }
        return readings.stream().findFirst();
    }

    private static Optional<Object> read(byte[] bytes, ValueReader reader) {
        AvroInput in = new AvroInput(bytes, 0);
        try {
            Object data = reader.read(in);
            in.requireEnd();
            return Optional.ofNullable(data);
        } catch (DataProblem e) {
            return Optional.empty();
        }
    }

    /** Returns false when a record may occur more than once in an event: its additions need not have the same length. */
    private static boolean collectRecords(Schema schema, Set<Schema> records) {
        return switch (schema.getType()) {
            case RECORD ->
                records.add(schema)
                        && schema.getFields().stream().allMatch(field -> collectRecords(field.schema(), records));
            case UNION -> schema.getTypes().stream().allMatch(branch -> collectRecords(branch, records));
            case ARRAY -> holdsNoRecord(schema.getElementType());
            case MAP -> holdsNoRecord(schema.getValueType());
            default -> true;
        };
    }

    private static boolean holdsNoRecord(Schema schema) {
        Set<Schema> records = new HashSet<>();
        return collectRecords(schema, records) && records.isEmpty();
    }

    /** Skips the added bytes. Used for one event, by one thread. */
    private static final class Gap implements ValueReader {
        private static final int NOT_REACHED = -1;

        private int length;
        private int start;

        /**
         * Adds one byte to the assumed length. Returns false when the place was not reached in the last attempt, or the length
         * would exceed the input.
         */
        boolean grow(int end) {
            length++;
            boolean worthATry = start != NOT_REACHED && start + length <= end;
            start = NOT_REACHED;
            return worthATry;
        }

        @Override
        public @Nullable Object read(AvroInput in) {
            start = in.position();
            return in.skip(length);
        }
    }
}
