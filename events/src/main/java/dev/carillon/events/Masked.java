package dev.carillon.events;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text of a record with its {@linkplain Pii personal data} hidden: {@code UserPersonalData[username=***]}. */
public final class Masked {

    /** What stands in the place of a masked value. */
    public static final String MASK = "***";

    private Masked() {}

    /**
     * The record's components, each {@link Pii} one as {@code ***}. Made to be called from a record's
     * {@code toString()}; reads by reflection, so not for hot paths.
     */
    public static String toString(Record data) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : data.getClass().getRecordComponents()) {
            Object shown = component.isAnnotationPresent(Pii.class) ? MASK : read(data, component);
            parts.add(component.getName() + "=" + shown);
        }
        return data.getClass().getSimpleName() + parts.toString();
    }

    /**
     * The wire names of the components of {@code type} that are marked {@link Pii}. Nested records are not searched.
     */
    public static List<String> names(Class<?> type) {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return Arrays.stream(components)
                .filter(component -> component.isAnnotationPresent(Pii.class))
                .map(WireNames::of)
                .toList();
    }

    private static Object read(Record data, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(data);
            return value == null ? "null" : value;
        } catch (ReflectiveOperationException e) {
            return MASK;
        }
    }
}
