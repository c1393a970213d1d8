package dev.carillon.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.catalog.Catalog;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** What the Python libraries wrote and read, recorded by {@code bin/record-conformance}. */
final class Conformance {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EventCodecs CODECS = new EventCodecs();

    private Conformance() {}

    /** One line of a file of vectors. */
    record Vector(JsonNode line) {

        String eventType() {
            return line.get("event_type").asText();
        }

        byte[] avro() {
            return HexFormat.of().parseHex(line.get("avro").asText());
        }

        JsonNode json(String field) {
            return line.get(field);
        }

        String text(String field) {
            return line.get(field).asText();
        }

        @SuppressWarnings("unchecked") // no test needs the class of the data
        EventCodec<Object> codec() {
            return (EventCodec<Object>) CODECS.of(Catalog.signals().get(eventType()));
        }

        @Override
        public String toString() {
            return eventType() + " " + (line.has("index") ? line.get("index") : line.get("sourcelib"));
        }
    }

    /** The event types of the catalog that may go on the bus. */
    static List<String> eventTypesOfTheBus() {
        return Catalog.signals().all().stream()
                .filter(signal -> signal.inProcessReason().isEmpty())
                .map(Signal::eventType)
                .toList();
    }

    static List<Vector> vectors(String file) {
        return text(file).lines().map(line -> new Vector(json(line))).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        try (InputStream resource = Conformance.class.getResourceAsStream("/conformance/" + file)) {
            return new String(Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
