package dev.carillon.interop;

import dev.carillon.events.Signal;
import dev.carillon.events.WireNames;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses a key field for each event. */
final class KeyFields {

    private KeyFields() {}

    /** The dotted path of the first required string, integer or key. */
    static String of(Signal<?> signal) {
        return signal.dataKeys().entrySet().stream()
                .flatMap(key -> within(key.getKey(), key.getValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No field of " + signal + " can be its key"));
    }

    private static Stream<String> within(String path, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !Components.isOptional(component))
                .flatMap(component -> at(path + "." + WireNames.of(component), component))
                .limit(1);
    }

    private static Stream<String> at(String path, RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return within(path, type);
        }
        boolean noKey = type == boolean.class || type == double.class || Iterable.class.isAssignableFrom(type);
        return Optional.of(path).filter(any -> !noKey && !Map.class.isAssignableFrom(type)).stream();
    }
}
