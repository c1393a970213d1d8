package dev.carillon.avro;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an Avro map of any number of blocks. If a key occurs more than once, the last entry wins, as in Python. */
record MapReader(ValueReader value) implements ValueReader {

    @Override
    public Object read(AvroInput in) {
        Map<String, Object> entries = Map.of();
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
            if (entries.isEmpty()) {
                entries = new LinkedHashMap<>();
            }
            for (int i = 0; i < count; i++) {
                String key = in.readText();
                try {
                    entries.put(key, value.read(in));
                } catch (DataProblem e) {
                    throw e.inEntry();
                }
            }
        }
        return Collections.unmodifiableMap(entries);
    }
}
