package dev.carillon.bus.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers that interceptors have added to an event, as text in its row: {@code name=value} in each line. */
final class AddedHeaders {

    private AddedHeaders() {}

    /** Null for none, as for most events. */
    static @Nullable String write(Map<String, String> headers) {
        return headers.isEmpty()
                ? null
                : new TreeMap<>(headers)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining("\n"));
    }

    static Map<String, String> read(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int end = line.indexOf('=');
            headers.put(line.substring(0, end), line.substring(end + 1));
        });
        return headers;
    }
}
