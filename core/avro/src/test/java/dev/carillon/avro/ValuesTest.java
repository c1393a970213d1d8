package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of each type, there and back, also through records that only their own package sees. */
class ValuesTest {

    private static <T> EventCodec<T> codec(Class<T> type) {
        return EventCodec.of(Signal.of("org.example.values.v1", "data", type));
    }

    private static <T extends Record> String hex(T data) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) data.getClass();
        byte[] bytes = codec(type).encode(data);
        assertThat(codec(type).decode(bytes)).isEqualTo(data);
        return HexFormat.of().formatHex(bytes);
    }

    private record Whole(long value) {}

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "63, 7e",
        "-64, 7f",
        "64, 8001",
        "9223372036854775807, feffffffffffffffff01",
        "-9223372036854775808, ffffffffffffffffff01"
    })
    void wholeNumbersTakeAsManyBytesAsTheyNeed(long value, String expected) {
        assertThat(hex(new Whole(value))).isEqualTo(expected);
    }

    private record Small(int value, Integer boxed) {}

    @Test
    void intsAreLongsOnTheWire() {
        assertThat(hex(new Small(Integer.MIN_VALUE, Integer.MAX_VALUE))).isEqualTo("ffffffff0ffeffffff0f");
    }

    private record Fraction(double value, @Nullable Double maybe) {}

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN})
    void fractionsKeepEveryBit(double value) {
        hex(new Fraction(value, -value));
    }

    private record Flag(boolean value, @Nullable Boolean maybe) {}

    @Test
    void falseIsNotNull() {
        assertThat(hex(new Flag(true, false))).isEqualTo("010200");
        assertThat(hex(new Flag(false, null))).isEqualTo("0000");
    }

    private record Text(String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\0", "~\u007f", "\u0080é", "\u07ff\u0800", "\ufffd\uffff", "🎓", "a🎓b\u2028"})
    void textIsUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String length = HexFormat.of().toHexDigits((byte) (utf8.length * 2));

        assertThat(hex(new Text(text))).isEqualTo(length + HexFormat.of().formatHex(utf8));
    }

    @Test
    void textMayBeAsLongAsItLikes() {
        hex(new Text("x".repeat(1_000_000)));
        hex(new Text("ü🎓".repeat(100_000)));
    }

    private record Moment(OffsetDateTime time, Instant instant) {}

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05Z, 2024-01-02T03:04:05+00:00",
        "2024-01-02T03:04:05.000001Z, 2024-01-02T03:04:05.000001+00:00",
        "2024-02-29T23:59:59.5+05:30, 2024-02-29T23:59:59.500000+05:30",
        "0001-01-01T00:00:00-17:59:59, 0001-01-01T00:00:00-17:59:59",
        "9999-12-31T23:59:59.999999+18:00, 9999-12-31T23:59:59.999999+18:00"
    })
    void timesKeepTheirOffset(String time, String onTheWire) {
        OffsetDateTime value = OffsetDateTime.parse(time);
        byte[] bytes = codec(Moment.class).encode(new Moment(value, Instant.EPOCH));

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .contains(onTheWire)
                .endsWith("1970-01-01T00:00:00+00:00");
        assertThat(codec(Moment.class).decode(bytes).time()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05, 2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.123456, 2024-01-02T03:04:05.123456Z",
        "2024-01-02T03:04:05.120000+00:00, 2024-01-02T03:04:05.12Z",
        "2024-01-02T03:04:05Z, 2024-01-02T03:04:05Z",
        "2024-01-02 03:04:05-01:00, 2024-01-02T03:04:05-01:00",
        "2024-01-02, 2024-01-02T00:00Z"
    })
    void timesInOtherFormsOfPythonAreReadToo(String onTheWire, String time) {
        AvroBuffer buffer = new AvroBuffer();
        buffer.writeText(onTheWire);
        buffer.writeText(onTheWire);

        Moment moment = codec(Moment.class).decode(buffer.toByteArray());

        OffsetDateTime expected = OffsetDateTime.parse(time);
        assertThat(moment).isEqualTo(new Moment(expected, expected.toInstant()));
        assertThat(moment.time().getOffset()).isEqualTo(expected.getOffset());
    }

    private record Blob(ByteBuffer bytes) {}

    @Test
    void bytesAreBytes() {
        assertThat(hex(new Blob(ByteBuffer.wrap(new byte[] {1, -1})))).isEqualTo("0401ff");

        ByteBuffer partOfMore = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
        assertThat(codec(Blob.class).encode(new Blob(partOfMore))).containsExactly(4, 1, 2);
        assertThat(partOfMore.remaining()).as("the buffer is left as it was").isEqualTo(2);
    }

    @SuppressWarnings("ArrayRecordComponent") // an array is one of the types
    private record RawBlob(byte[] bytes) {}

    @Test
    void arraysOfBytesToo() {
        byte[] bytes = codec(RawBlob.class).encode(new RawBlob(new byte[] {1, -1}));

        assertThat(codec(RawBlob.class).decode(bytes).bytes()).containsExactly(1, -1);
    }

    private record Ids(UUID uuid, CourseKey key) {}

    @Test
    void uuidsAndKeysAreTheirText() {
        byte[] bytes = codec(Ids.class)
                .encode(new Ids(
                        UUID.fromString("3AF9F30C-5A66-1477-BDA9-D8C096D38FF5"),
                        CourseKey.parse("course-v1:edX+DemoX+2024")));

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("H3af9f30c-5a66-1477-bda9-d8c096d38ff50course-v1:edX+DemoX+2024");
        codec(Ids.class).decode(bytes);
    }

    private record Item(long id) {}

    private record Many(List<Item> items, List<List<String>> nested, Map<String, Map<String, Long>> maps) {}

    @Test
    void listsAndMapsNest() {
        hex(new Many(List.of(), List.of(), Map.of()));
        hex(new Many(
                List.of(new Item(1), new Item(2)),
                List.of(List.of(), List.of("a", "b")),
                Map.of("", Map.of("x", 1L), "y", Map.of())));
    }

    private record Entries(Map<String, Long> map) {}

    @Test
    void mapsAreWrittenInTheOrderOfCodePoints() {
        Map<String, Long> map = new LinkedHashMap<>();
        for (String key : List.of("🎓", "\uffff", "", "z", "a🎓", "a\uffff", "a", "\ue000", "\ud7ff")) {
            map.put(key, 0L);
        }

        Map<String, Long> read = codec(Entries.class)
                .decode(codec(Entries.class).encode(new Entries(map)))
                .map();

        assertThat(read.keySet()).containsExactly("", "a", "a\uffff", "a🎓", "z", "\ud7ff", "\ue000", "\uffff", "🎓");
    }

    @Test
    void whatIsReadCannotBeModified() {
        Many many = codec(Many.class)
                .decode(codec(Many.class).encode(new Many(List.of(new Item(1)), List.of(), Map.of("a", Map.of()))));

        assertThat(many.items()).isUnmodifiable();
        assertThat(many.maps()).isUnmodifiable();
    }

    private record Fields(String first, @Nullable Whole second, OffsetDateTime third) {}

    @Test
    void aSignalWithSeveralKeysIsWrittenInTheirOrder() {
        EventCodec<Fields> codec = EventCodec.of(Signal.ofKeys("org.example.keys.v1", Fields.class));
        Fields fields = new Fields("a", new Whole(1), OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));

        assertThat(codec.decode(codec.encode(fields))).isEqualTo(fields);
        assertThat(HexFormat.of().formatHex(codec.encode(fields))).startsWith("026102023232");
    }
}
