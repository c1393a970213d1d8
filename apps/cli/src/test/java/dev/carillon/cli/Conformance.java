package dev.carillon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** What the Python libraries write and read, recorded by {@code bin/record-conformance}. */
final class Conformance {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Conformance() {}

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** The text of a file. */
    static String text(String file) {
        try (InputStream in = Conformance.class.getResourceAsStream("/conformance/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file. */
    static List<JsonNode> lines(String file) {
        return text(file).lines().map(Conformance::parse).toList();
    }

    /** The events of the catalog. */
    static List<JsonNode> catalog() {
        return StreamSupport.stream(parse(text("catalog.json")).spliterator(), false)
                .toList();
    }

    /** A copy of an object with only these fields. */
    static JsonNode only(JsonNode object, String... fields) {
        return ((ObjectNode) object).deepCopy().retain(fields);
    }
}
