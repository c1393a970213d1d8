package dev.carillon.catalog.internal;

import java.util.List;
import java.util.Map;

/** What a builder starts with: the same as the component's {@code @DefaultValue}, which is for messages and JSON. */
public final class Defaults {

    public static final String EMPTY_TEXT = "";
    public static final boolean TRUE = true;
    public static final boolean FALSE = false;

    private Defaults() {}

    public static <T> List<T> emptyList() {
        return List.of();
    }

    public static <V> Map<String, V> emptyMap() {
        return Map.of();
    }
}
