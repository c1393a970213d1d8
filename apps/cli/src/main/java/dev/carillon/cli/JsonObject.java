package dev.carillon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object, read one level deep: what its fields hold stays JSON until somebody asks. */
final class JsonObject {

    /** Text of any length; the depth keeps its limit. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes them
            .build();

    /**
     * One field.
     *
     * @param json the value as it stands in the object
     * @param token how it begins
     * @param text the text that it is; null when it is something else
     */
    private record Field(
            String json, JsonToken token, @Nullable String text) {

        /** Completes "but is …". */
        String kind() {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "a list";
                case VALUE_STRING -> "text";
                case VALUE_NULL -> "null";
                default -> json;
            };
        }
    }

    private final Map<String, Field> fields;

    private JsonObject(Map<String, Field> fields) {
        this.fields = fields;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException saying what is there instead
     */
    static JsonObject parse(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Must be a JSON object, but is not");
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                if (fields.put(name, field(json, parser)) != null) {
                    throw new IllegalArgumentException("'" + name + "' stands there twice");
                }
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("More text follows behind the JSON object");
            }
            return new JsonObject(fields);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Field field(String json, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return new Field(json.substring(start, end), token, text);
    }

    private static IllegalArgumentException unreadable(JsonProcessingException e) {
        String place =
                e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
        return new IllegalArgumentException("Not readable as JSON: " + e.getOriginalMessage() + place, e);
    }

    /** The names of the fields, in their order. */
    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** Whether there is such a field, and not null. */
    boolean has(String name) {
        Field field = fields.get(name);
        return field != null && field.token() != JsonToken.VALUE_NULL;
    }

    /**
     * The text of a field.
     *
     * @throws IllegalArgumentException when it is missing or no text
     */
    String text(String name) {
        Field field = required(name, "text");
        if (field.text() == null) {
            throw unfit(name, "text", field);
        }
        return field.text();
    }

    /**
     * The object of a field, as JSON.
     *
     * @throws IllegalArgumentException when it is missing or no object
     */
    String object(String name) {
        Field field = required(name, "an object");
        if (field.token() != JsonToken.START_OBJECT) {
            throw unfit(name, "an object", field);
        }
        return field.json();
    }

    /** Any field as JSON; empty when it is missing. */
    Optional<String> json(String name) {
        return Optional.ofNullable(fields.get(name)).map(Field::json);
    }

    /** Any field as a Java value; empty when it is missing or null. */
    Optional<Object> value(String name) {
        return json(name).map(JsonObject::read);
    }

    /** The object as Java values: text, numbers, booleans, lists and maps. Fields that are null are left out. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            Object value = read(field.json());
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static @Nullable Object read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    entries.put(name, read(parser));
                }
                yield entries;
            }
            default -> null;
        };
    }

    private Field required(String name, String expected) {
        Field field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("'" + name + "' must be " + expected + ", but is missing");
        }
        return field;
    }

    private static IllegalArgumentException unfit(String name, String expected, Field field) {
        return new IllegalArgumentException("'" + name + "' must be " + expected + ", but is " + field.kind());
    }
}
