package dev.carillon.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata as JSON: the text that the Python library writes, and no other. */
class MetadataJsonTest {

    private static final String GOOD = """
            {"event_type": "org.example.made.v1", "id": "6b29fc40-ca47-1067-b31d-00dd010662da", "minorversion": 4, \
            "source": "openedx/lms/web", "sourcehost": "lms-1", "time": "2024-01-02T03:04:05.000006+00:00", \
            "sourcelib": [9, 20, 1]}""";

    /** One line of metadata.jsonl, which the Python library wrote (see bin/record-conformance). */
    record Case(String name, EventMetadata metadata, String json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = MetadataJsonTest.class.getResourceAsStream("/conformance/metadata.jsonl")) {
            return new String(in.readAllBytes(), UTF_8).lines().map(MetadataJsonTest::read).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTextIsWhatPythonWrites(Case each) {
        assertThat(each.metadata().toJson()).isEqualTo(each.json());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatPythonWroteReadsBackEqual(Case each) {
        assertThat(EventMetadata.fromJson(each.json())).isEqualTo(each.metadata());
    }

    @Test
    void unknownFieldsAreIgnoredWhateverTheyHold() {
        String more =
                GOOD.replace("{\"event", "{\"a\": null, \"b\": {\"c\": [1]}, \"d\": [[], {}], \"e\": 1.5, \"event");

        assertThat(EventMetadata.fromJson(more)).isEqualTo(EventMetadata.fromJson(GOOD));
    }

    @Test
    void aMissingMinorVersionIsZero() {
        assertThat(EventMetadata.fromJson(GOOD.replace("\"minorversion\": 4, ", ""))
                        .minorVersion())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-02T03:04:05Z",
                "2024-01-02T03:04:05",
                "2024-01-02 03:04:05+00:00",
                "2024-01-02T03:04:05-00:00",
            })
    void aUtcTimeMayBeWrittenInOtherWays(String time) {
        assertThat(EventMetadata.fromJson(GOOD.replace("2024-01-02T03:04:05.000006+00:00", time))
                        .time())
                .isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"org.example.made.v1\"                  | 7           | 'event_type' must be text, but is 7",
                "\"org.example.made.v1\"                  | 1.5         | 'event_type' must be text, but is 1.5",
                "\"org.example.made.v1\"                  | true        | 'event_type' must be text, but is true",
                "\"org.example.made.v1\"                  | null        | 'event_type' must be text, but is null",
                "\"org.example.made.v1\"                  | {\"a\": 1}  | 'event_type' must be text, but is an object",
                "\"event_type\"                           | \"type\"    | 'event_type' must be text, but is missing",
                "\"6b29fc40-ca47-1067-b31d-00dd010662da\" | \"1-1-1-1-1\" | 'id' must be a UUID such as 6b29fc40-ca47-1067-b31d-00dd010662da, but is '1-1-1-1-1'",
                "6b29fc40-ca47-1067-                      | 6b29fc4g-ca47-1067-  | 'id' must be a UUID such as 6b29fc40-ca47-1067-b31d-00dd010662da, but is '6b29fc4g-ca47-1067-b31d-00dd010662da'",
                "\"id\"                                   | \"ID\"      | 'id' must be a UUID such as 6b29fc40-ca47-1067-b31d-00dd010662da, but is missing",
                "4,                                       | -1,         | 'minorversion' must be a number of 0 or more, but is -1",
                "4,                                       | \"4\",      | 'minorversion' must be a number of 0 or more, but is '4'",
                "4,                                       | 4.0,        | 'minorversion' must be a number of 0 or more, but is 4.0",
                "4,                                       | 2147483648, | 'minorversion' must be a number of 0 or more, but is 2147483648",
                "4,                                       | null,       | 'minorversion' must be a number of 0 or more, but is null",
                "+00:00                                   | +01:00      | 'time' must be a UTC time such as 2024-01-02T03:04:05+00:00, but is '2024-01-02T03:04:05.000006+01:00'",
                "2024-01-02T                              | yesterday   | 'time' must be a UTC time such as 2024-01-02T03:04:05+00:00, but is 'yesterday03:04:05.000006+00:00'",
                "[9, 20, 1]                               | \"9.20.1\"  | 'sourcelib' must be a list of numbers such as [11, 2, 0], but is '9.20.1'",
                "[9, 20, 1]                               | []          | 'sourcelib' must be a list of numbers such as [11, 2, 0], but is []",
                "[9, 20, 1]                               | [9, -1]     | 'sourcelib' must be a list of numbers such as [11, 2, 0], but is [9, -1]",
                "[9, 20, 1]                               | [9, null]   | 'sourcelib' must be a list of numbers such as [11, 2, 0], but is [9, null]",
            })
    void aFieldThatDoesNotFitIsNamedWithWhatItHoldsAndWhatIsExpected(String part, String other, String message) {
        assertThat(GOOD).contains(part);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventMetadata.fromJson(GOOD.replace(part, other)))
                .withMessage("Event metadata: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``        | must be a JSON object",
                "[]        | must be a JSON object",
                "\"text\"  | must be a JSON object",
                "{         | not readable as JSON",
                "{\"id\"   | not readable as JSON",
                "{'id': 1} | not readable as JSON",
                "{} {}     | more text after the JSON object",
                "{} x      | not readable as JSON",
            })
    void whatIsNoJsonObjectIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventMetadata.fromJson(text))
                .withMessageContaining(message);
    }

    @Test
    void aLongWrongValueIsShownInPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventMetadata.fromJson(GOOD.replace("2024-01-02T", "x".repeat(100_000))))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250).endsWith("xxx'… (100021 characters)"));
    }

    @Test
    void deepNestingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventMetadata.fromJson("{\"a\": " + "[".repeat(100_000)))
                .withMessageContaining("not readable as JSON");
    }

    private static Case read(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                fields.put(parser.currentName(), parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EventMetadata metadata = new EventMetadata(
                field(fields, "event_type"),
                UUID.fromString(field(fields, "id")),
                Integer.parseInt(field(fields, "minorversion")),
                field(fields, "source"),
                field(fields, "sourcehost"),
                Instant.EPOCH.plus(Long.parseLong(field(fields, "epoch_micros")), ChronoUnit.MICROS),
                LibraryVersion.parse(field(fields, "sourcelib")));
        return new Case(field(fields, "name"), metadata, field(fields, "json"));
    }

    private static String field(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }
}
