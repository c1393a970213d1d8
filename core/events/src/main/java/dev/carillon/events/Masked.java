package dev.carillon.events;

import dev.carillon.events.internal.Annotated;
import java.io.Closeable;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text of a record with its {@linkplain Pii personal data} hidden: {@code UserPersonalData[username=***]}. */
public final class Masked {

    /** The replacement for a masked value. */
    public static final String MASK = "***";

    /** The depth limit. Event data are trees. */
    private static final int DEEPEST = 100;

    private Masked() {}

    /**
     * The record's components, with each {@link Pii} one as {@code ***}. Nested records with marked components are masked
     * too, also in lists and maps. Meant to be called from a record's {@code toString()}. Uses reflection, so not for hot
     * paths.
     */
    public static String toString(Record data) {
        StringJoiner parts = new StringJoiner(", ", data.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            parts.add(component.getName() + "=" + (isMarked(component) ? MASK : text(read(data, component))));
        }
        return parts.toString();
    }

    /**
     * The wire names of the components of {@code type} that are marked {@link Pii}. Nested records are not searched.
     */
    public static List<String> names(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return Arrays.stream(components)
                .filter(Masked::isMarked)
                .map(WireNames::of)
                .toList();
    }

    /**
     * The values of all {@link Pii} components in event data, at any depth, as texts. For a component that is not a text:
     * the texts, numbers and keys within it; never null, true or false.
     */
    public static Set<String> values(@Nullable Object data) {
        Set<String> values = new LinkedHashSet<>();
        collect(data, false, 0, values);
        return values;
    }

    private static void collect(@Nullable Object value, boolean marked, int depth, Set<String> values) {
        if (value == null || value instanceof Boolean || depth > DEEPEST) {
            return;
        }
        if (value instanceof Record nested) {
            for (RecordComponent component : nested.getClass().getRecordComponents()) {
                collect(read(nested, component), marked || isMarked(component), depth + 1, values);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                collect(key, marked || holdsMarked(item), depth + 1, values);
                collect(item, marked, depth + 1, values);
            });
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> collect(item, marked, depth + 1, values));
        } else if (marked && !value.getClass().isArray() && !(value instanceof Closeable)) {
            values.add(value.toString());
        }
    }

    /**
     * The records in {@code type} and its components that have {@link Pii} components and a compiler-generated {@code
     * toString()}, which shows them. The generated method is final; a hand-written one is assumed to mask.
     */
    static Set<Class<?>> unmasked(Type type) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        addRecords(type, seen);
        seen.removeIf(record -> Arrays.stream(record.getRecordComponents()).noneMatch(Masked::isMarked)
                || !hasToStringOfCompiler(record));
        return seen;
    }

    private static void addRecords(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                addRecords(argument, seen);
            }
        } else if (type instanceof Class<?> record && record.isRecord() && seen.add(record)) {
            for (RecordComponent component : record.getRecordComponents()) {
                addRecords(component.getGenericType(), seen);
            }
        }
    }

    private static boolean hasToStringOfCompiler(Class<?> record) {
        try {
            return Modifier.isFinal(record.getDeclaredMethod("toString").getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Values without marked components keep their own text. */
    private static String text(@Nullable Object value) {
        if (!holdsMarked(value)) {
            return String.valueOf(value);
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner entries = new StringJoiner(", ", "{", "}");
            map.forEach((key, item) -> entries.add(MASK + "=" + text(item))); // a person's entry has a person's key
            return entries.toString();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(Masked::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Record nested ? toString(nested) : MASK;
    }

    private static boolean holdsMarked(@Nullable Object value) {
        if (value instanceof Record nested) {
            return Arrays.stream(nested.getClass().getRecordComponents())
                    .anyMatch(component -> isMarked(component) || holdsMarked(read(nested, component)));
        }
        if (value instanceof Map<?, ?> map) {
            return holdsMarked(map.keySet()) || holdsMarked(map.values());
        }
        return value instanceof Collection<?> items && items.stream().anyMatch(Masked::holdsMarked);
    }

    private static boolean isMarked(RecordComponent component) {
        return Annotated.has(component, Pii.class);
    }

    /** A component that cannot be read is masked. */
    private static @Nullable Object read(Record data, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(data);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return MASK;
        }
    }
}
