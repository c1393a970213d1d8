package dev.carillon.events;

import dev.carillon.events.internal.Annotated;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data keys of one signal, and the check that event data match them. */
final class DataKeys {

    private final Class<?> dataClass;
    private final @Nullable String only;
    private final Map<String, Class<?>> types;
    private final List<Required> required;

    private DataKeys(Class<?> dataClass, @Nullable String only, Map<String, Class<?>> types, List<Required> required) {
        this.dataClass = dataClass;
        this.only = only;
        this.types = Collections.unmodifiableMap(types);
        this.required = required;
    }

    static DataKeys one(String eventType, String key, Class<?> dataClass) {
        if (dataClass.isPrimitive()) {
            throw new IllegalArgumentException("Signal " + eventType + ": data cannot be of the primitive type "
                    + dataClass + "; use its class in java.lang");
        }
        return new DataKeys(dataClass, key, Map.of(key, dataClass), List.of());
    }

    static DataKeys componentsOf(String eventType, Class<? extends Record> record) {
        RecordComponent[] components = record.getRecordComponents();
        if (components.length == 0) {
            throw new IllegalArgumentException("Signal " + eventType + ": record " + record.getSimpleName()
                    + " has no components, but each data key must be one");
        }
        Map<String, Class<?>> types = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            String key = WireNames.of(component);
            if (types.put(key, component.getType()) != null) {
                throw new IllegalArgumentException("Signal " + eventType + ": two components of record "
                        + record.getSimpleName() + " are the data key '" + key + "'");
            }
        }
        return new DataKeys(
                record,
                null,
                types,
                Stream.of(components)
                        .filter(DataKeys::isRequired)
                        .map(Required::of)
                        .toList());
    }

    private static boolean isRequired(RecordComponent component) {
        return !component.getType().isPrimitive() && !Annotated.isNullable(component);
    }

    /** The single key; null when the components of the data class are the keys. */
    @Nullable
    String only() {
        return only;
    }

    /** Each key with its class, in wire order. Unmodifiable. */
    Map<String, Class<?>> types() {
        return types;
    }

    /** Throws unless the data are of the data class and all required keys are non-null. */
    void check(Signal<?> signal, @Nullable Object data) {
        if (data == null) {
            throw SenderValidationException.missing(signal);
        }
        if (!dataClass.isInstance(data)) {
            throw SenderValidationException.wrongClass(signal, data);
        }
        for (Required key : required) {
            if (key.read(data) == null) {
                throw SenderValidationException.missing(signal, key.name());
            }
        }
    }

    /** A component that must not be null. */
    private record Required(String name, Method accessor) {

        static Required of(RecordComponent component) {
            Method accessor = component.getAccessor();
            try {
                accessor.setAccessible(true);
            } catch (InaccessibleObjectException e) {
                throw new IllegalArgumentException(
                        "Record " + component.getDeclaringRecord().getName()
                                + " must be public in an exported package, or its package opened to dev.carillon.events",
                        e);
            }
            return new Required(WireNames.of(component), accessor);
        }

        @Nullable
        Object read(Object data) {
            try {
                return accessor.invoke(data);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "Data key '" + name + "' of " + data.getClass().getName() + " could not be read", e);
            }
        }
    }
}
