package dev.carillon.avro;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/** Readers that skip data that the writer has and we do not. A writer's record may contain itself. */
final class Skips {

    private final IdentityHashMap<Schema, RecordSkip> records = new IdentityHashMap<>();

    ValueReader of(Schema schema) {
        return of(schema, 0);
    }

    private ValueReader of(Schema schema, int depth) {
        if (depth > AvroInput.MAX_DEPTH) {
            throw DataProblem.of("the writer's schema nests deeper than " + AvroInput.MAX_DEPTH + " levels");
        }
        return switch (schema.getType()) {
            case NULL -> in -> null;
            case BOOLEAN -> AvroInput::readBoolean;
            case INT, LONG, ENUM -> AvroInput::readLong;
            case FLOAT -> AvroInput::readFloat;
            case DOUBLE -> AvroInput::readDouble;
            case FIXED -> in -> in.skip(schema.getFixedSize());
            case STRING, BYTES -> in -> in.skip(in.readLength());
            case UNION -> UnionReader.of(schema, branch -> of(branch, depth + 1));
            case ARRAY -> blocks(of(schema.getElementType(), depth + 1));
            case MAP -> entries(of(schema.getValueType(), depth + 1));
            case RECORD -> recordSkip(schema, depth + 1);
        };
    }

    private static ValueReader blocks(ValueReader item) {
        return in -> {
            for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (int i = 0; i < count; i++) {
                    item.read(in);
                }
            }
            return null;
        };
    }

    private static ValueReader entries(ValueReader value) {
        return blocks(in -> {
            in.skip(in.readLength());
            return value.read(in);
        });
    }

    private RecordSkip recordSkip(Schema schema, int depth) {
        RecordSkip known = records.get(schema);
        if (known != null) {
            return known;
        }
        RecordSkip skip = new RecordSkip();
        records.put(schema, skip);
        skip.fields = schema.getFields().stream()
                .map(field -> of(field.schema(), depth))
                .toArray(ValueReader[]::new);
        return skip;
    }

    /** Registered before its fields are read, because one of them may contain the record again. */
    private static final class RecordSkip implements ValueReader {
        private ValueReader[] fields = {};

        @Override
        public @org.jspecify.annotations.Nullable Object read(AvroInput in) {
            in.enter();
            for (ValueReader field : fields) {
                field.read(in);
            }
            in.leave();
            return null;
        }
    }
}
