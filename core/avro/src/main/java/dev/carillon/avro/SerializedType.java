package dev.carillon.avro;

import dev.carillon.events.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** A class that a user's {@link TypeSerializer} writes as text. What a serializer throws may contain the value: only its class is kept. */
final class SerializedType<V> extends TextType<V> {

    private final TypeSerializer<V> serializer;

    SerializedType(TypeSerializer<V> serializer) {
        super(serializer.type());
        this.serializer = serializer;
    }

    @Override
    String expected() {
        return serializer.expected();
    }

    @Override
    V parse(String text) {
        V value = serializer.deserialize(text);
        if (!serializer.type().isInstance(value)) {
            throw new IllegalStateException();
        }
        return value;
    }

    @Override
    String format(V value) {
        @Nullable String text;
        try {
            text = serializer.serialize(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "its serializer failed with " + e.getClass().getName(), e);
        }
        if (text == null) {
            throw new IllegalArgumentException("its serializer returned null");
        }
        return text;
    }

    @Override
    @Nullable
    String reason(RuntimeException error) {
        return null;
    }
}
