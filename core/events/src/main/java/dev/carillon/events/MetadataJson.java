package dev.carillon.events;

import static dev.carillon.events.internal.PythonJson.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.events.internal.IsoTime;
import dev.carillon.events.internal.Shown;
import dev.carillon.events.internal.Uuids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Metadata in the format of the Python library's {@code to_json}, with the same field order, separators and escapes. */
final class MetadataJson {

    private static final JsonFactory JSON = new JsonFactory();

    private MetadataJson() {}

    static String write(EventMetadata metadata) {
        return "{\"event_type\": " + quote(metadata.eventType())
                + ", \"id\": " + quote(metadata.id().toString())
                + ", \"minorversion\": " + metadata.minorVersion()
                + ", \"source\": " + quote(metadata.source())
                + ", \"sourcehost\": " + quote(metadata.sourceHost())
                + ", \"time\": " + quote(IsoTime.format(metadata.time().atOffset(ZoneOffset.UTC)))
                + ", \"sourcelib\": " + metadata.sourceLib().numbers() + "}";
    }

    static EventMetadata read(String json) {
        Map<String, Object> fields = fields(json);
        return new EventMetadata(
                text(fields, "event_type", "text", Function.identity()),
                text(fields, "id", "a UUID such as 6b29fc40-ca47-1067-b31d-00dd010662da", Uuids::parse),
                minorVersion(fields),
                text(fields, "source", "text", Function.identity()),
                text(fields, "sourcehost", "text", Function.identity()),
                text(fields, "time", "a UTC time such as 2024-01-02T03:04:05+00:00", MetadataJson::utc),
                version(fields));
    }

    private static Instant utc(String text) {
        var time = IsoTime.parse(text);
        if (time.getOffset().getTotalSeconds() != 0) {
            throw new IllegalArgumentException("not UTC");
        }
        return time.toInstant();
    }

    private static <V> V text(Map<String, Object> fields, String name, String expected, Function<String, V> reader) {
        Object found = fields.get(name);
        if (found instanceof String text) {
            try {
                return reader.apply(text);
            } catch (RuntimeException e) {
                throw invalid(name, expected, text, e);
            }
        }
        throw invalid(name, expected, found, null);
    }

    private static int minorVersion(Map<String, Object> fields) {
        Object found = fields.getOrDefault("minorversion", 0);
        if (found instanceof Integer number && number >= 0) {
            return number;
        }
        throw invalid("minorversion", "a number of 0 or more", found, null);
    }

    private static LibraryVersion version(Map<String, Object> fields) {
        Object found = fields.get("sourcelib");
        if (found instanceof List<?> numbers && numbers.stream().allMatch(Integer.class::isInstance)) {
            try {
                return LibraryVersion.of(
                        numbers.stream().map(Integer.class::cast).toList());
            } catch (IllegalArgumentException e) {
                throw invalid("sourcelib", "a list of numbers such as [11, 2, 0]", found, e);
            }
        }
        throw invalid("sourcelib", "a list of numbers such as [11, 2, 0]", found, null);
    }

    private static IllegalArgumentException invalid(
            String field, String expected, @Nullable Object found, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Event metadata: '" + field + "' must be " + expected + ", but " + shown(found), cause);
    }

    private static String shown(@Nullable Object found) {
        if (found == null) {
            return "is missing";
        }
        return "is " + (found instanceof String text ? Shown.quoted(text) : Shown.text(found.toString()));
    }

    private static Map<String, Object> fields(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Event metadata must be a JSON object");
            }
            Map<String, Object> fields = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("Event metadata: there is more text after the JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Event metadata: not readable as JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text, whole numbers and lists as such; everything else, which no field of metadata uses, as {@link Other}. */
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case START_OBJECT -> {
                parser.skipChildren();
                yield new Other("an object");
            }
            default -> new Other(parser.getText());
        };
    }

    private record Other(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}
