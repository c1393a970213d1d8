package dev.carillon.interop;

import dev.carillon.events.DefaultValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the components of data records by reflection. */
final class Components {

    private Components() {}

    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot read " + component, e);
        }
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Whether the field of the Python data class has a default. */
    static boolean isOptional(RecordComponent component) {
        return isNullable(component) || component.isAnnotationPresent(DefaultValue.class);
    }

    /** Whether it is a record, or a list of records. */
    static boolean holdsRecords(RecordComponent component) {
        Type item = component.getGenericType() instanceof ParameterizedType list
                ? list.getActualTypeArguments()[0]
                : component.getType();
        return item instanceof Class<?> type && type.isRecord();
    }

    /** The value of an optional component that is not present. */
    static @Nullable Object defaultOf(RecordComponent component) {
        DefaultValue annotation = component.getAnnotation(DefaultValue.class);
        if (annotation == null) {
            return null;
        }
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return Boolean.valueOf(annotation.value());
        }
        if (type == long.class) {
            return Long.valueOf(annotation.value());
        }
        if (type == List.class) {
            return List.of();
        }
        return type == Map.class ? Map.of() : annotation.value();
    }
}
