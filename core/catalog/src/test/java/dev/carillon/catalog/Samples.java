package dev.carillon.catalog;

import dev.carillon.events.keys.KeyKind;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values for components, each different from every other of its type that the same instance gave. */
final class Samples {

    private static final OffsetDateTime START = OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

    private int count;

    /** A record with a value in every component. */
    <T extends Record> T instance(Class<T> type) {
        return construct(type, arguments(type));
    }

    /** A value for each component, in order. */
    Object[] arguments(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .map(this::value)
                .toArray();
    }

    /** Calls the canonical constructor. What it throws is thrown as it is, when it is unchecked. */
    static <T extends Record> T construct(Class<T> type, Object... arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getConstructor(types);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new LinkageError(e.getMessage(), e);
        }
    }

    Object value(Type type) {
        count++;
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? List.of(value(arguments[0]), value(arguments[0]))
                    : Map.of("key-" + count, value(arguments[1]));
        }
        if (type == String.class) {
            return "text-" + count + ".";
        }
        if (type == long.class || type == Long.class) {
            return 1_000L + count;
        }
        if (type == double.class) {
            return 0.5 + count;
        }
        if (type == boolean.class || type == Boolean.class) {
            return count % 2 == 0;
        }
        if (type == OffsetDateTime.class) {
            return START.plusDays(count);
        }
        if (type == UUID.class) {
            return new UUID(count, count);
        }
        if (type == InputStream.class) {
            return InputStream.nullInputStream();
        }
        Class<?> named = (Class<?>) type;
        return named.isRecord() ? instance(named.asSubclass(Record.class)) : key(named);
    }

    private Object key(Class<?> type) {
        KeyKind kind = KeyKind.of(type).orElseThrow(() -> new AssertionError("No sample for " + type));
        return kind.parse(
                switch (kind) {
                    case COURSE -> "course-v1:edX+DemoX+" + count;
                    case USAGE -> "block-v1:edX+DemoX+2024+type@problem+block@" + count;
                    case CCX -> "ccx-v1:edX+DemoX+2024+ccx@" + count;
                    case LIBRARY -> "lib:edX:lib" + count;
                    case LIBRARY_USAGE -> "lb:edX:lib:problem:" + count;
                    case LIBRARY_COLLECTION -> "lib-collection:edX:lib:" + count;
                    case LIBRARY_CONTAINER -> "lct:edX:lib:unit:" + count;
                });
    }
}
