package dev.carillon.events.keys;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a key by Python attribute name, leaving out those it does not have. */
final class Parts {

    private final TreeMap<String, Object> parts = new TreeMap<>();

    Parts put(String name, @Nullable String value) {
        if (value != null) {
            parts.put(name, value);
        }
        return this;
    }

    Parts put(String name, @Nullable OpaqueKey key) {
        return put(name, key == null ? null : key.toString());
    }

    Map<String, Object> of(OpaqueKey key) {
        parts.put("deprecated", key.deprecated());
        return Collections.unmodifiableMap(parts);
    }
}
