package dev.carillon.catalog.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the constructors of the data records check. {@code component} names the record and the component,
 * {@code CourseData.courseKey}; each method throws a {@link NullPointerException} that says so.
 */
public final class Components {

    private Components() {}

    /** Refuses null. */
    public static void required(@Nullable Object value, String component) {
        if (value == null) {
            throw new NullPointerException(component + " must not be null");
        }
    }

    /** An immutable copy without null elements. */
    public static <T> List<T> immutable(List<T> list, String component) {
        required(list, component);
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index) == null) {
                throw new NullPointerException(component + "[" + index + "] must not be null");
            }
        }
        return List.copyOf(list);
    }

    /** An immutable copy without null keys or values. */
    public static <V> Map<String, V> immutable(Map<String, V> map, String component) {
        required(map, component);
        map.forEach((key, value) -> {
            if (key == null) {
                throw new NullPointerException(component + " must not have a null key");
            }
            if (value == null) {
                throw new NullPointerException(component + "[\"" + key + "\"] must not be null");
            }
        });
        return Map.copyOf(map);
    }

    /** An immutable copy whose maps are immutable copies too. */
    public static <V> List<Map<String, V>> immutableMaps(List<Map<String, V>> maps, String component) {
        required(maps, component);
        List<Map<String, V>> copies = new ArrayList<>(maps.size());
        for (Map<String, V> map : maps) {
            copies.add(immutable(map, component + "[" + copies.size() + "]"));
        }
        return List.copyOf(copies);
    }

    /** An immutable copy whose lists are immutable copies too. */
    public static <T> Map<String, List<T>> immutableLists(Map<String, List<T>> lists, String component) {
        required(lists, component);
        Map<String, List<T>> copies = new HashMap<>();
        lists.forEach((key, list) -> copies.put(key, immutable(list, component + "[\"" + key + "\"]")));
        return immutable(copies, component);
    }
}
