package dev.carillon.events.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One recorded result of the Python library: how a text parses as a key of a kind, or that it is invalid. */
record KeyCase(
        KeyKind kind,
        String input,
        boolean invalid,
        @Nullable String type,
        Map<String, Object> parts,
        @Nullable String string) {

    private static final JsonFactory JSON = new JsonFactory();

    /** All recorded results: common keys, and texts that the library treats in an unexpected way. */
    static Stream<KeyCase> all() {
        return Stream.of("/conformance/opaque-keys.jsonl", "/conformance/opaque-key-quirks.jsonl")
                .flatMap(KeyCase::in);
    }

    private static Stream<KeyCase> in(String resource) {
        List<KeyCase> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KeyCase.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(read(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases.stream();
    }

    private static KeyCase read(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            Map<String, Object> fields = new TreeMap<>();
            Map<String, Object> parts = new TreeMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    while (json.nextToken() != JsonToken.END_OBJECT) {
                        String part = json.currentName();
                        json.nextToken();
                        parts.put(part, scalar(json));
                    }
                } else {
                    fields.put(name, scalar(json));
                }
            }
            return new KeyCase(
                    KeyKind.named((String) Objects.requireNonNull(fields.get("kind"))),
                    (String) Objects.requireNonNull(fields.get("input")),
                    fields.containsKey("invalid"),
                    (String) fields.get("class"),
                    parts,
                    (String) fields.get("string"));
        }
    }

    private static Object scalar(JsonParser json) throws IOException {
        return json.currentToken().isBoolean() ? json.getBooleanValue() : json.getText();
    }

    @Override
    public String toString() {
        return kind.label() + " " + Quoted.of(input);
    }
}
