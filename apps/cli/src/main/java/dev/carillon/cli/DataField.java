package dev.carillon.cli;

import dev.carillon.events.DefaultValue;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.WireNames;
import dev.carillon.events.internal.Annotated;
import dev.carillon.events.keys.KeyKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One field of event data, as it appears in JSON.
 *
 * @param path the path of the field, such as {@code configuration.contexts[].title}
 * @param depth the number of fields that contain it
 * @param type its type, in words
 * @param nullable whether it may be null, and therefore omitted
 * @param defaultValue its value when it is omitted; null when it has no default
 * @param personal whether it is personal data
 */
record DataField(
        String path,
        int depth,
        String type,
        boolean nullable,
        @Nullable String defaultValue,
        boolean personal) {

    private static final Map<Class<?>, String> TYPE_NAMES = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "whole number"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(long.class, "whole number"),
            Map.entry(Long.class, "whole number"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(byte[].class, "bytes as Base64"),
            Map.entry(OffsetDateTime.class, "time"),
            Map.entry(Instant.class, "time in UTC"),
            Map.entry(UUID.class, "UUID"));

    /** What a reader must know besides the type, in words; may be empty. */
    String notes() {
        List<String> notes = new ArrayList<>();
        if (nullable) {
            notes.add("may be null");
        }
        if (defaultValue != null) {
            notes.add(defaultValue.isEmpty() ? "default: empty text" : "default: " + defaultValue);
        }
        if (personal) {
            notes.add("personal data");
        }
        return String.join(", ", notes);
    }

    /** All fields of a signal's data in wire order, each followed by the fields inside it. */
    static List<DataField> of(Signal<?> signal) {
        List<DataField> fields = new ArrayList<>();
        signal.dataKey()
                .ifPresentOrElse(
                        key -> {
                            fields.add(new DataField(key, 0, describe(signal.dataClass()), false, null, false));
                            addFieldsOf(signal.dataClass(), key, 1, fields);
                        },
                        () -> addFieldsOf(signal.dataClass(), "", 0, fields));
        return fields;
    }

    private static void addFieldsOf(Type type, String path, int depth, List<DataField> fields) {
        if (type instanceof ParameterizedType container) {
            Type[] arguments = container.getActualTypeArguments();
            addFieldsOf(arguments[arguments.length - 1], path + "[]", depth, fields);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                DataField field = of(component, path, depth);
                fields.add(field);
                addFieldsOf(component.getGenericType(), field.path(), depth + 1, fields);
            }
        }
    }

    private static DataField of(RecordComponent component, String parent, int depth) {
        String name = WireNames.of(component);
        DefaultValue defaultValue = Annotated.find(component, DefaultValue.class);
        return new DataField(
                parent.isEmpty() ? name : parent + "." + name,
                depth,
                describe(component.getGenericType()),
                Annotated.isNullable(component),
                defaultValue == null ? null : defaultValue.value(),
                Annotated.has(component, Pii.class));
    }

    private static String describe(Type type) {
        if (type instanceof ParameterizedType container) {
            Type[] arguments = container.getActualTypeArguments();
            String word = container.getRawType() == Map.class ? "map of " : "list of ";
            return word + describe(arguments[arguments.length - 1]);
        }
        if (!(type instanceof Class<?> plain)) {
            return type.getTypeName();
        }
        return KeyKind.of(plain)
                .map(kind -> kind.label().replace('_', ' ') + " key")
                .orElseGet(() -> TYPE_NAMES.getOrDefault(plain, plain.getSimpleName()));
    }

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
