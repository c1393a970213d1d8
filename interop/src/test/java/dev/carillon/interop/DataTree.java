package dev.carillon.interop;

import dev.carillon.events.Signal;
import dev.carillon.events.WireNames;
import java.lang.reflect.RecordComponent;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts event data to maps, lists, strings and numbers, which both sides can exchange as JSON. Works by reflection, independent of the
 * codec, so that errors of the codec can be detected.
 */
final class DataTree {

    private static final DateTimeFormatter SECONDS = formatter("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private static final Pattern TIME_WITHOUT_OFFSET =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");

    private final boolean asPythonReads;

    private DataTree(boolean asPythonReads) {
        this.asPythonReads = asPythonReads;
    }

    /** The data of an event, data key by data key. */
    static Map<String, @Nullable Object> of(Signal<?> signal, Object data) {
        return new DataTree(false).event(signal, data);
    }

    /**
     * The data as a Python receiver gets it. The Python library replaces an optional field that has the empty value of its type (false,
     * 0, "", an empty container) by its default.
     */
    static Map<String, @Nullable Object> asPythonReads(Signal<?> signal, Object data) {
        return new DataTree(true).event(signal, data);
    }

    /** A tree from Python in which each time without an offset is in UTC, as Java reads it. */
    static @Nullable Object withOffsets(@Nullable Object tree) {
        if (tree instanceof String text) {
            return TIME_WITHOUT_OFFSET.matcher(text).matches() ? text + "+00:00" : text;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(withOffsets(item)));
            return items;
        }
        if (tree instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(key, withOffsets(item)));
            return entries;
        }
        return tree;
    }

    private Map<String, @Nullable Object> event(Signal<?> signal, Object data) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        signal.dataKey().ifPresentOrElse(key -> tree.put(key, tree(data)), () -> tree.putAll(record((Record) data)));
        return tree;
    }

    private @Nullable Object tree(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        if (value instanceof OffsetDateTime time) {
            return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROSECONDS).format(time);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(tree(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put((String) key, tree(item)));
            return entries;
        }
        return value instanceof Record record ? record(record) : value.toString();
    }

    private Map<String, @Nullable Object> record(Record record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            @Nullable Object value = tree(Components.read(component, record));
            fields.put(
                    WireNames.of(component),
                    asPythonReads && Components.isOptional(component) && isEmpty(value)
                            ? tree(Components.defaultOf(component))
                            : value);
        }
        return fields;
    }

    private static boolean isEmpty(@Nullable Object tree) {
        return tree == null
                || tree.equals("")
                || tree.equals(false)
                || (tree instanceof Number number && number.doubleValue() == 0)
                || (tree instanceof List<?> list && list.isEmpty())
                || (tree instanceof Map<?, ?> map && map.isEmpty());
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .appendOffset("+HH:MM:ss", "+00:00")
                .toFormatter();
    }
}
