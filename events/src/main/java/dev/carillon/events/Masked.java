package dev.carillon.events;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text of a record with its {@linkplain Pii personal data} hidden: {@code UserPersonalData[username=***]}. */
public final class Masked {

    /** What stands in the place of a masked value. */
    public static final String MASK = "***";

    private Masked() {}

    /**
     * The record's components, each {@link Pii} one as {@code ***}; so too for the records within it that hold marked
     * components, in lists and maps as well. Made to be called from a record's {@code toString()}; reads by reflection, so
     * not for hot paths.
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

    /** What has nothing to hide keeps its own text. */
    private static String text(@Nullable Object value) {
        if (!holdsMarked(value)) {
            return String.valueOf(value);
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner entries = new StringJoiner(", ", "{", "}");
            map.forEach((key, item) -> entries.add(text(key) + "=" + text(item)));
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
        return component.isAnnotationPresent(Pii.class);
    }

    /** What cannot be read is masked rather than shown by other means. */
    private static @Nullable Object read(Record data, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(data);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return MASK;
        }
    }
}
