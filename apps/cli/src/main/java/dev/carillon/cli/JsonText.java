package dev.carillon.cli;

import dev.carillon.events.internal.Shown;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds one JSON object in one line. Not thread-safe. */
final class JsonText {

    private final StringBuilder json = new StringBuilder("{");

    /** Adds a field with this value: text, a number, a boolean, a map, a collection, or null. */
    JsonText put(String name, @Nullable Object value) {
        name(name);
        append(json, value);
        return this;
    }

    /** Adds a field whose value is JSON already. */
    JsonText putJson(String name, String value) {
        name(name);
        json.append(Shown.escaped(value)); // in JSON, only text can have what is escaped, and is the same text then
        return this;
    }

    private void name(String name) {
        if (json.length() > 1) {
            json.append(", ");
        }
        quote(json, name);
        json.append(": ");
    }

    private static void append(StringBuilder json, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonText object = new JsonText();
            map.forEach((name, each) -> object.put(String.valueOf(name), each));
            json.append(object);
        } else if (value instanceof Collection<?> items) {
            json.append('[');
            String separator = "";
            for (Object item : items) {
                json.append(separator);
                append(json, item);
                separator = ", ";
            }
            json.append(']');
        } else if (value instanceof String text) {
            quote(json, text);
        } else {
            json.append(value);
        }
    }

    /** Escapes what must be escaped, and what would not survive as UTF-8: half a surrogate pair. */
    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                json.append(c).append(text.charAt(++i));
            } else if (isPlain(c)) {
                json.append(c);
            } else {
                json.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            }
        }
        json.append('"');
    }

    /** Not a control character, nor one that ends a line somewhere or turns its direction. */
    private static boolean isPlain(char c) {
        return c >= ' '
                && !(c >= 0x7F && c < 0xA0)
                && !Character.isSurrogate(c)
                && c != '\u2028'
                && c != '\u2029'
                && Character.getType(c) != Character.FORMAT;
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
