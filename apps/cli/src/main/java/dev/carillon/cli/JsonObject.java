package dev.carillon.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read. Its fields keep their text: event data are handed on unchanged, to a parser that is stricter
 * than a tree, and {@code carillon key} repeats fields as they came. Immutable.
 */
final class JsonObject {

    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at \\[Source: [^]]*]\\)");

    /** The text of each field's value, in the order of the fields. */
    private final Map<String, String> fields;

    private JsonObject(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when the text is no JSON object or repeats a field
     */
    static JsonObject parse(String text) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Must be a JSON object, but is not");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                if (fields.put(name, text.substring(start, end)) != null) {
                    throw new IllegalArgumentException("'" + name + "' appears twice");
                }
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("Unexpected text after the JSON object");
            }
            return new JsonObject(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Invalid JSON: " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson's message without the place where an unclosed object begins, which it writes in its own terms. */
    private static String reason(JsonProcessingException e) {
        String message = START_MARKER.matcher(e.getOriginalMessage()).replaceAll("");
        return e.getLocation() == null
                ? message
                : message + " (column " + e.getLocation().getColumnNr() + ")";
    }

    /** The names of the fields, in order. */
    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** The text of a field's value; empty when the field is missing. */
    Optional<String> json(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The value of a field; empty when it is missing or null. */
    Optional<JsonNode> value(String name) {
        return json(name).map(text -> read(text, JsonNode.class)).filter(node -> !node.isNull());
    }

    /**
     * The string in a field.
     *
     * @throws IllegalArgumentException when the field is missing or not a string
     */
    String text(String name) {
        JsonNode value = read(required(name, "text"), JsonNode.class);
        if (!value.isTextual()) {
            throw wrongType(name, "text", value);
        }
        return value.textValue();
    }

    /**
     * The object in a field, as JSON.
     *
     * @throws IllegalArgumentException when the field is missing or not an object
     */
    String object(String name) {
        String json = required(name, "an object");
        if (json.startsWith("{")) {
            return json;
        }
        throw wrongType(name, "an object", read(json, JsonNode.class));
    }

    /** The object as Java values: strings, numbers, booleans, lists and maps. Without the fields that are null. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((name, json) -> {
            @Nullable Object value = read(json, Object.class);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String required(String name, String expected) {
        return json(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' must be " + expected + ", but is missing"));
    }

    private IllegalArgumentException wrongType(String name, String expected, JsonNode value) {
        String actual = switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "text";
            default -> fields.get(name);
        };
        return new IllegalArgumentException("'" + name + "' must be " + expected + ", but is " + actual);
    }
}
