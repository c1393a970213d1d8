package dev.carillon.avro;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an Avro array of any number of blocks. */
record ListReader(ValueReader item) implements ValueReader {

    private static final Object[] NONE = {};

    @Override
    public Object read(AvroInput in) {
        Object[] items = NONE;
        int size = 0;
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            items = withCapacity(items, size, count);
            for (int end = size + count; size < end; size++) {
                items[size] = readItem(in, size);
            }
        }
        return List.of(size == items.length ? items : Arrays.copyOf(items, size));
    }

    private @Nullable Object readItem(AvroInput in, int index) {
        try {
            return item.read(in);
        } catch (DataProblem e) {
            throw e.inItem(index);
        }
    }

    private static Object[] withCapacity(Object[] items, int size, int more) {
        if (items.length - size >= more) {
            return items;
        }
        // Doubling avoids copying the array for each of many small blocks.
        int capacity = size == 0 ? more : Math.max(size + more, 2 * size);
        return Arrays.copyOf(items, capacity);
    }
}
