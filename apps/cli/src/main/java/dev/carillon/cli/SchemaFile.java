package dev.carillon.cli;

import dev.carillon.events.internal.PythonJson;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An Avro schema as the Python command writes it into a file: indented, with the keys in the order of Python's making. */
final class SchemaFile {

    private static final List<String> ORDER =
            List.of("name", "type", "default", "doc", "items", "values", "fields", "namespace");

    private final StringBuilder text = new StringBuilder();

    private SchemaFile() {}

    /** The name of the file for an event type. */
    static String name(String eventType) {
        return eventType.replace('.', '+') + "_schema.avsc";
    }

    /** What stands in the file. */
    static String text(String schemaText) {
        SchemaFile file = new SchemaFile();
        file.append(JsonObject.parse(schemaText).values(), "\n");
        return file.text.toString();
    }

    private void append(@Nullable Object value, String lineStart) {
        if (value instanceof Map<?, ?> map) {
            List<String> names = map.keySet().stream()
                    .map(String::valueOf)
                    .sorted(Comparator.comparingInt(SchemaFile::rank))
                    .toList();
            appendAll('{', names, '}', lineStart, name -> {
                text.append(PythonJson.quote(name)).append(": ");
                append(map.get(name), lineStart + "  ");
            });
        } else if (value instanceof Collection<?> items) {
            appendAll('[', items, ']', lineStart, item -> append(item, lineStart + "  "));
        } else {
            text.append(value instanceof String string ? PythonJson.quote(string) : String.valueOf(value));
        }
    }

    private static int rank(String name) {
        int place = ORDER.indexOf(name);
        return place < 0 ? ORDER.size() : place;
    }

    private <V> void appendAll(char start, Collection<V> items, char end, String lineStart, Consumer<V> each) {
        text.append(start);
        String separator = lineStart + "  ";
        for (V item : items) {
            text.append(separator);
            each.accept(item);
            separator = "," + lineStart + "  ";
        }
        text.append(items.isEmpty() ? "" : lineStart).append(end);
    }
}
