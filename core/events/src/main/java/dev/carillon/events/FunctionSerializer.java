package dev.carillon.events;

import java.util.Objects;
import java.util.function.Function;

/** A serializer of two functions. */
record FunctionSerializer<V>(Class<V> type, Function<V, String> writer, Function<String, V> reader, String expected)
        implements TypeSerializer<V> {

    FunctionSerializer {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(writer, "serialize");
        Objects.requireNonNull(reader, "deserialize");
    }

    @Override
    public String serialize(V value) {
        return writer.apply(value);
    }

    @Override
    public V deserialize(String text) {
        return reader.apply(text);
    }
}
