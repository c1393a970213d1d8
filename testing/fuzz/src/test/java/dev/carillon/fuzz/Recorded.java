package dev.carillon.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.catalog.Catalog;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Output of the Python libraries, which the fuzzer mutates. */
final class Recorded {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EventCodecs CODECS = new EventCodecs();

    /** All events of the catalog that may be published; an input selects one by its index here. */
    static final List<Signal<?>> SIGNALS = Catalog.signals().all().stream()
            .filter(signal -> signal.inProcessReason().isEmpty())
            .sorted(Comparator.<Signal<?>, String>comparing(Signal::eventType))
            .toList();

    private Recorded() {}

    /** An event that a Python library wrote. */
    record Vector(JsonNode line) {

        Signal<?> signal() {
            return Catalog.signals().get(line.get("event_type").asText());
        }

        /** The index of its signal. */
        byte place() {
            return (byte) SIGNALS.indexOf(signal());
        }

        byte[] avro() {
            return HexFormat.of().parseHex(line.get("avro").asText());
        }

        String json() {
            return line.get("data").toString();
        }

        JsonNode field(String name) {
            return line.get(name);
        }

        /** The release that wrote it. */
        LibraryVersion writer() {
            return line.has("sourcelib")
                    ? LibraryVersion.parse(line.get("sourcelib").asText())
                    : LibraryVersion.CURRENT;
        }
    }

    /** The events of a file of vectors. */
    static Stream<Vector> vectors(String file) {
        return lines(file).map(Vector::new);
    }

    /** One event of each type, with its metadata as on the wire. */
    static Stream<Vector> oneOfEachType() {
        Map<Signal<?>, Vector> byType = new LinkedHashMap<>();
        vectors("vectors.jsonl").forEach(vector -> byType.putIfAbsent(vector.signal(), vector));
        return byType.values().stream();
    }

    /** The lines of a file. */
    static Stream<JsonNode> lines(String file) {
        try (InputStream resource = Recorded.class.getResourceAsStream("/conformance/" + file)) {
            return new String(Objects.requireNonNull(resource, file).readAllBytes(), UTF_8)
                    .lines()
                    .map(Recorded::json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The codec of the signal at this index; every byte is valid. */
    @SuppressWarnings("unchecked") // nobody asks for the class of the data here
    static EventCodec<Object> codec(byte place) {
        Signal<?> signal = SIGNALS.get(Byte.toUnsignedInt(place) % SIGNALS.size());
        return (EventCodec<Object>) CODECS.of(signal);
    }
}
