package dev.carillon.avro;

import dev.carillon.events.PiiScrubber;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link Map} with text as keys: a map in Avro, written in the order of its keys' code points. Maps that were read keep the
 * order of the input and are unmodifiable.
 */
final class MapType extends DataType {

    private final DataType value;
    private final MapReader reader;

    MapType(DataType value) {
        this.value = value;
        this.reader = new MapReader(value);
    }

    DataType value() {
        return value;
    }

    @Override
    String expected() {
        return "an object";
    }

    @Override
    void appendSchema(StringBuilder schema, Set<String> defined) {
        schema.append("{\"type\": \"map\", \"values\": ");
        value.appendSchema(schema, defined);
        schema.append('}');
    }

    @Override
    void write(Object map, AvroBuffer out) {
        String[] keys = sortedKeys((Map<?, ?>) map);
        if (keys.length > 0) {
            out.writeLong(keys.length);
            for (String key : keys) {
                try {
                    out.writeText(key);
                    value.write(required(((Map<?, ?>) map).get(key)), out);
                } catch (RuntimeException e) {
                    throw DataProblem.of(e).inEntry();
                }
            }
        }
        out.writeEndOfBlocks();
    }

    private static String[] sortedKeys(Map<?, ?> map) {
        Object[] keys = map.keySet().toArray();
        String[] sorted = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (!(keys[i] instanceof String key)) {
                throw DataProblem.of("must have text as keys, but has a key that is "
                        + (keys[i] == null ? "null" : keys[i].getClass().getName()));
            }
            sorted[i] = key;
        }
        if (sorted.length > 1) {
            Arrays.sort(sorted, CodePoints.ORDER);
        }
        return sorted;
    }

    private Object required(@Nullable Object found) {
        if (found == null) {
            throw value.missing();
        }
        return found;
    }

    @Override
    public Object read(AvroInput in) {
        return reader.read(in);
    }

    @Override
    void writeJson(Object map, JsonOutput out) {
        out.startObject();
        for (String key : sortedKeys((Map<?, ?>) map)) {
            try {
                out.name(out.masksPii() && value.containsPii() ? PiiScrubber.digest(key) : key);
                value.writeJson(required(((Map<?, ?>) map).get(key)), out);
            } catch (RuntimeException e) {
                throw DataProblem.of(e).inEntry();
            }
        }
        out.endObject();
    }

    @Override
    Object readJson(JsonInput in) {
        in.startObject(expected());
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String key = in.nextName(); key != null; key = in.nextName()) {
            try {
                in.nextValue();
                if (entries.put(key, value.readJson(in)) != null) {
                    throw DataProblem.of("occurs twice");
                }
            } catch (DataProblem e) {
                throw e.inEntry();
            }
        }
        return java.util.Collections.unmodifiableMap(entries);
    }

    @Override
    Optional<Object> defaultOf(String text) {
        return text.equals("{}") ? Optional.of(Map.of()) : Optional.empty();
    }

    @Override
    boolean containsPii() {
        return value.containsPii();
    }
}
