package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.catalog.learning.CourseData;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    private static <T> EventJson<T> json(Class<T> type) {
        return EventJson.of(Signal.of("org.example.json.v1", "data", type));
    }

    private record All(
            boolean flag,
            int small,
            Long big,
            double fraction,
            String text,
            ByteBuffer bytes,
            OffsetDateTime time,
            Instant instant,
            UUID uuid,
            CourseKey courseKey,
            List<Long> list,
            Map<String, String> map,
            @Nullable String maybe) {}

    private static final All ALL = new All(
            true,
            -1,
            Long.MAX_VALUE,
            0.1,
            "a\"b\n🎓",
            ByteBuffer.wrap(new byte[] {1, -1}),
            OffsetDateTime.parse("2024-01-02T03:04:05.000006+01:00"),
            Instant.parse("2024-01-02T03:04:05Z"),
            UUID.fromString("3af9f30c-5a66-1477-bda9-d8c096d38ff5"),
            CourseKey.parse("course-v1:edX+DemoX+2024"),
            List.of(1L, 2L),
            Map.of("key", "value"),
            null);

    private static final String ALL_JSON = """
            {"data":{"flag":true,"small":-1,"big":9223372036854775807,"fraction":0.1,"text":"a\\"b\\n🎓","bytes":"Af8=",\
            "time":"2024-01-02T03:04:05.000006+01:00","instant":"2024-01-02T03:04:05+00:00",\
            "uuid":"3af9f30c-5a66-1477-bda9-d8c096d38ff5","course_key":"course-v1:edX+DemoX+2024",\
            "list":[1,2],"map":{"key":"value"},"maybe":null}}""";

    @Test
    void eachTypeHasItsPlaceInJson() {
        assertThat(json(All.class).write(ALL)).isEqualTo(ALL_JSON);
        assertThat(json(All.class).read(ALL_JSON)).isEqualTo(ALL);
    }

    private record Optional(
            @Nullable Long maybe,
            @DefaultValue("true") boolean flag,
            @DefaultValue("7") int small,
            @DefaultValue("-7") long big,
            @DefaultValue("0.5") double fraction,
            @DefaultValue("none") String text,
            @DefaultValue("[]") List<String> list,
            @DefaultValue("{}") Map<String, String> map) {}

    @Test
    void whatHasADefaultMayBeMissing() {
        assertThat(json(Optional.class).read("{\"data\": {}}"))
                .isEqualTo(new Optional(null, true, 7, -7, 0.5, "none", List.of(), Map.of()));
    }

    @Test
    void whatIsThereCountsMoreThanTheDefault() {
        assertThat(json(Optional.class).read("""
                        {"data": {"maybe": 0, "flag": false, "small": 0, "big": 0, "fraction": 0, "text": "",
                        "list": ["a"], "map": {"": ""}}}"""))
                .isEqualTo(new Optional(0L, false, 0, 0, 0, "", List.of("a"), Map.of("", "")));
    }

    private record Fraction(double value) {}

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void whatJsonHasNoNumberForIsText(String value) {
        Fraction fraction = new Fraction(Double.parseDouble(value));

        assertThat(json(Fraction.class).write(fraction)).isEqualTo("{\"data\":{\"value\":\"" + value + "\"}}");
        assertThat(json(Fraction.class).read("{\"data\":{\"value\":\"" + value + "\"}}"))
                .isEqualTo(fraction);
        assertThat(json(Fraction.class).read("{\"data\":{\"value\":" + value + "}}"))
                .as("as Python writes it")
                .isEqualTo(fraction);
    }

    @Test
    void aWholeNumberIsANumberToo() {
        assertThat(json(Fraction.class).read("{\"data\":{\"value\":-3}}")).isEqualTo(new Fraction(-3));
        assertThat(json(Fraction.class).read("{\"data\":{\"value\":1e3}}")).isEqualTo(new Fraction(1000));
    }

    private record Entries(Map<String, Long> map) {}

    @Test
    void mapsAreWrittenInTheOrderOfCodePoints() {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put("🎓", 1L);
        map.put("\uffff", 2L);
        map.put("a", 3L);

        assertThat(json(Entries.class).write(new Entries(map)))
                .isEqualTo("{\"data\":{\"map\":{\"a\":3,\"\uffff\":2,\"🎓\":1}}}");
    }

    record Keys(CourseData course, @Nullable String reason) {}

    @Test
    void aSignalWithSeveralKeysIsAnObjectWithEach() {
        EventJson<Keys> json = EventJson.of(Signal.ofKeys("org.example.keys.v1", Keys.class));
        Keys keys = json.read("{\"course\": {\"course_key\": \"course-v1:edX+DemoX+2024\"}}");

        assertThat(keys.course().displayName()).isEmpty();
        assertThat(json.write(keys))
                .isEqualTo("{\"course\":{\"course_key\":\"course-v1:edX+DemoX+2024\",\"display_name\":\"\","
                        + "\"start\":null,\"end\":null},\"reason\":null}");
    }

    @Test
    void readsTheObjectAtWhichAParserStandsAndStaysAtItsEnd() throws IOException {
        JsonParser parser = new JsonFactory().createParser("[" + ALL_JSON + ", " + ALL_JSON + ", 7]");
        parser.nextToken();
        for (int i = 0; i < 2; i++) {
            parser.nextToken();
            assertThat(json(All.class).read(parser)).isEqualTo(ALL);
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
        }
        assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);

        assertThat(json(All.class).read(new JsonFactory().createParser(ALL_JSON)))
                .isEqualTo(ALL);
    }

    @Test
    void writesIntoAGenerator() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.writeStartArray();
            json(All.class).write(ALL, generator);
            json(Secret.class).writeMasked(new Secret("grace", 1, null), generator);
            generator.writeEndArray();
        }

        assertThat(text).hasToString("[" + ALL_JSON + ",{\"data\":{\"name\":\"***\",\"id\":1,\"friend\":\"***\"}}]");
    }

    record Secret(@Pii String name, long id, @Pii @Nullable Fraction friend) {}

    @Test
    void personalDataAreMasked() {
        assertThat(json(Secret.class).writeMasked(new Secret("grace", 1, new Fraction(2))))
                .isEqualTo("{\"data\":{\"name\":\"***\",\"id\":1,\"friend\":\"***\"}}");
    }

    @Test
    void aTargetThatFailsIsNoFaultOfTheData() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        JsonGenerator generator = new JsonFactory().createGenerator(full);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        json(Fraction.class).write(new Fraction(1), generator);
                    }
                })
                .withMessageContaining("disk full");
    }
}
