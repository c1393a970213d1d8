package dev.carillon.events.plugins;

import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a plugin file. A value of the wrong form is reported as a problem and treated as missing.
 *
 * @param place its location, for messages
 */
record Section(String place, Map<?, ?> values, Problems problems) {

    /** The value as a section, if it is one. */
    static @Nullable Section of(String place, @Nullable Object value, Problems problems) {
        if (value instanceof Map<?, ?> values) {
            return new Section(place, values, problems);
        }
        problems.add(place, "must be a mapping of names to values, but is " + shown(value));
        return null;
    }

    /** The section under a key; null when there is none. */
    @Nullable
    Section section(String key) {
        Object value = values.get(key);
        return value == null ? null : of(place + ", " + key, value, problems);
    }

    /** The sections in the list under a key, each with its number (from 1) behind its place. */
    List<Section> list(String key, String itemName) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            problems.add(place, "'" + key + "' must be a list, but is " + shown(value));
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Section section = of(place + ", " + itemName + " " + (i + 1), items.get(i), problems);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /** The text under a key; null when there is none. */
    @Nullable
    String text(String key) {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        problems.add(place, "'" + key + "' must be text, but is " + shown(value));
        return null;
    }

    /** The text under a key that must be there; null when it is not. */
    @Nullable
    String requiredText(String key, String example) {
        if (values.get(key) == null) {
            problems.add(place, "'" + key + "' is missing; it is '" + example + "', for example");
        }
        return text(key);
    }

    /** Rejects all other keys, so that misspelt ones are noticed. */
    void allow(Set<String> keys) {
        for (Object key : values.keySet()) {
            if (!keys.contains(key)) {
                String nearest = NearestNames.question(String.valueOf(key), keys);
                problems.add(
                        place,
                        Shown.quoted(String.valueOf(key)) + " is no entry of this place"
                                + (nearest.isEmpty() ? "; there are " + names(keys) : nearest));
            }
        }
    }

    /** This section under another name. */
    Section at(String otherPlace) {
        return new Section(otherPlace, values, problems);
    }

    private static String names(Set<String> keys) {
        return "'" + String.join("', '", new TreeSet<>(keys)) + "'";
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "empty";
        }
        if (value instanceof Map<?, ?>) {
            return "a mapping";
        }
        return value instanceof List<?> ? "a list" : Shown.quoted(value.toString());
    }
}
