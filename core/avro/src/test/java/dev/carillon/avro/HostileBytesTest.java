package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.avro.Conformance.Vector;
import dev.carillon.events.DefaultValue;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the bytes are, decoding ends in data or in an {@link EventDecodeException} that says where and why. */
class HostileBytesTest {

    record Sample(
            boolean flag, @Nullable Long maybe, String text, List<Long> list, Map<String, Long> map, double fraction) {}

    private static <T> EventCodec<T> codec(Class<T> type) {
        return EventCodec.of(Signal.of("org.example.hostile.v1", "data", type));
    }

    private static EventDecodeException refusal(EventCodec<?> codec, String hex) {
        EventDecodeException refusal = catchThrowableOfType(
                EventDecodeException.class, () -> codec.decode(HexFormat.of().parseHex(hex.replace(" ", ""))));
        assertThat(refusal).as(hex).isNotNull();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                         | data.flag     | 0  | the data end too early
            02                           | data.flag     | 0  | must be the byte 0 or 1 for false or true, but is 2
            ff                           | data.flag     | 0  | must be the byte 0 or 1 for false or true, but is 255
            01 04                        | data.maybe    | 1  | must be a branch from 0 to 1, but is 2
            01 01                        | data.maybe    | 1  | must be a branch from 0 to 1, but is -1
            01 02                        | data.maybe    | 2  | the data end too early
            01 00 04 41                  | data.text     | 2  | a length of 2, but 1 byte is left
            01 00 01                     | data.text     | 2  | a length of -1, but 0 bytes are left
            01 00 feffffffffffffffff01   | data.text     | 2  | a length of 9223372036854775807, but 0 bytes are left
            01 00 02 ff                  | data.text     | 3  | text that is not UTF-8
            01 00 06 eda080              | data.text     | 3  | text that is not UTF-8
            01 00 04 c0af                | data.text     | 3  | text that is not UTF-8
            01 00 00 80808080808080808002| data.list     | 3  | a whole number of more than 64 bits
            01 00 00 80808080808080808080| data.list     | 3  | a whole number of more than 64 bits
            01 00 00 808080808080        | data.list     | 9  | the data end too early
            01 00 00 80808080808040      | data.list     | 3  | a block of 140737488355328 items, but 0 bytes are left
            01 00 00 04 00               | data.list[1]  | 5  | the data end too early
            01 00 00 03 02 00            | data.list[1]  | 6  | the data end too early
            01 00 00 ffffffffffffffffff01| data.list     | 13 | the data end too early
            01 00 00 00 02 02            | data.map      | 5  | a length of 1, but 0 bytes are left
            01 00 00 00 02 02 61         | data.map[*]   | 7  | the data end too early
            01 00 00 00 00 00            | data.fraction | 5  | the data end too early: 8 bytes are expected, but 1 are left
            01 00 00 00 00 0000000000000000 00 | ''      | 13 | 1 byte is left after the end of the data
            """)
    void theMessageSaysWhereAndWhy(@Nullable String hex, String path, int position, String problem) {
        EventDecodeException refusal = refusal(codec(Sample.class), hex == null ? "" : hex);

        String where = (path + " (byte " + position + ")").strip();
        assertThat(refusal).hasMessage("Event org.example.hostile.v1 cannot be read: " + where + ": " + problem);
        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal.position()).isEqualTo(OptionalInt.of(position));
        assertThat(refusal.eventType()).isEqualTo("org.example.hostile.v1");
    }

    @Test
    void everyCutThroughEveryVectorIsRefused() {
        for (Vector vector : Conformance.vectors("odd-vectors.jsonl")) {
            byte[] whole = vector.avro();
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                EventDecodeException refusal = catchThrowableOfType(
                        EventDecodeException.class, () -> vector.codec().decode(cut));
                assertThat(refusal).as("%s cut to %d", vector, length).isNotNull();
                assertThat(refusal.position().orElseThrow()).isBetween(0, length);
            }
        }
    }

    record Texts(
            @Nullable CourseKey key,
            @Nullable OffsetDateTime time,
            @Nullable UUID uuid) {}

    @Test
    void aTextThatIsNoKeyTimeOrUuidIsReportedByItsLength() {
        assertThat(refusal(codec(Texts.class), "02 06 782f79"))
                .hasMessageContaining("data.key (byte 1): must be a course key, but is text of 3 characters: ")
                .hasNoCause();
        assertThat(refusal(codec(Texts.class), "00 02 04 0a22"))
                .hasMessageContaining("data.time (byte 2): must be a time such as 2024-01-02T03:04:05+00:00,"
                        + " but is text of 2 characters");
        assertThat(refusal(codec(Texts.class), "00 00 02 02 31"))
                .hasMessageContaining("data.uuid (byte 3): must be a UUID such as")
                .hasMessageContaining("but is text of 1 character: it does not have 32 hexadecimal digits");
        assertThat(refusal(codec(Texts.class), "00 00 02 48" + "78".repeat(36)))
                .hasMessageContaining("data.uuid (byte 3): must be a UUID");
        assertThat(refusal(codec(Texts.class), "00 02 c801" + "78".repeat(100)).getMessage())
                .hasSizeLessThan(400);
        assertThat(refusal(codec(Texts.class), "00 02 a09c01" + "78".repeat(10_000))
                        .getMessage())
                .contains("text of 10000 characters")
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-13-02T03:04:05+00:00",
        "2024-02-30T03:04:05+00:00",
        "0000-01-01T03:04:05+00:00",
        "2024-01-02T24:04:05+00:00",
        "2024-01-02T03:04:05.12345x+00:00",
        "x024-01-02T03:04:05+00:00"
    })
    void aTimeThatNeverWasIsRefused(String text) {
        AvroBuffer buffer = new AvroBuffer();
        buffer.append(new byte[] {0, 2});
        buffer.writeText(text);

        assertThat(catchThrowableOfType(
                        EventDecodeException.class, () -> codec(Texts.class).decode(buffer.toByteArray())))
                .hasMessageContaining("data.time (byte 2): must be a time such as")
                .hasMessageContaining("text of " + text.length() + " characters");
    }

    record Picky(long age) {
        Picky {
            if (age < 0) {
                throw new IllegalArgumentException("an age is 0 or more, but was " + age);
            }
        }
    }

    @Test
    void aRecordsOwnRefusalIsOneToo() {
        assertThat(refusal(codec(Picky.class), "01"))
                .hasMessage("Event org.example.hostile.v1 cannot be read: data (byte 1): Picky does not take these"
                        + " values: java.lang.IllegalArgumentException")
                .hasRootCauseMessage("java.lang.IllegalArgumentException");
    }

    record Empty() {}

    record Empties(List<Empty> list) {}

    @Test
    void itemsThatTakeNoByteCannotGoOnForever() {
        assertThat(refusal(codec(Empties.class), "80808080808040 00")).hasMessageContaining("a block of");
        assertThat(refusal(codec(Empties.class), "04 04 04 04 04 04 04 04 00")).hasMessageContaining("a block of");
        assertThat(codec(Empties.class).decode(new byte[] {4, 0}).list()).hasSize(2);
    }

    record Nothing(@DefaultValue("0") long id) {}

    private static EventSchema writer(String fieldType) {
        return EventSchema.parse(
                "{'type': 'record', 'name': 'E', 'fields': [{'name': 'data', 'type': {'type': 'record',"
                                .replace('\'', '"')
                        + "'name': 'D', 'fields': [{'name': 'other', 'type': ".replace('\'', '"')
                        + fieldType.replace('\'', '"')
                        + "}]}}]}");
    }

    private static void assertRefused(EventSchema writer, byte[] bytes, String problem) {
        assertThat(catchThrowableOfType(
                        EventDecodeException.class, () -> codec(Nothing.class).decode(bytes, writer)))
                .isNotNull()
                .hasMessageContaining("data.other")
                .hasMessageContaining(problem);
    }

    @Test
    void aWritersSchemaThatHoldsItselfCannotNestEndlessly() {
        EventSchema recursive =
                writer("{'type': 'record', 'name': 'Node', 'fields': [{'name': 'next', 'type': ['null', 'Node']}]}");
        byte[] endless = new byte[1_000_000];
        Arrays.fill(endless, (byte) 2);
        byte[] few = new byte[51];
        Arrays.fill(few, 0, 50, (byte) 2);

        assertRefused(recursive, endless, "nested deeper than 100 levels");
        assertThat(codec(Nothing.class).decode(few, recursive)).isEqualTo(new Nothing(0));
        assertRefused(
                writer("{'type': 'record', 'name': 'Node', 'fields': [{'name': 'next', 'type': 'Node'}]}"),
                new byte[0],
                "nested deeper than 100 levels");
        assertRefused(
                writer("{'type': 'record', 'name': 'Node', 'fields': [{'name': 'nodes', 'type':"
                        + " {'type': 'array', 'items': 'Node'}}]}"),
                endless,
                "nested deeper than 100 levels");
    }

    @Test
    void aWritersSchemaCannotMakeMuchOutOfNothing() {
        assertRefused(writer("{'type': 'array', 'items': 'null'}"), new byte[] {-2, -1, -1, -1, 15}, "a block of");

        StringBuilder doubling = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            doubling.append("{'type': 'record', 'name': 'R").append(i).append("', 'fields': [{'name': 'a', 'type': ");
        }
        doubling.append("'null'");
        for (int i = 39; i >= 0; i--) {
            doubling.append("}, {'name': 'b', 'type': ")
                    .append(i == 39 ? "'null'" : "'R" + (i + 1) + "'")
                    .append("}]}");
        }
        assertRefused(writer(doubling.toString()), new byte[0], "more records of the writer's schema");
    }

    @Test
    void aWritersSchemaThatIsNestedDeeplyIsRefused() {
        String deep = "{'type': 'array', 'items': ".repeat(150) + "'long'" + "}".repeat(150);

        EventDecodeException refusal = catchThrowableOfType(
                EventDecodeException.class, () -> codec(Nothing.class).decode(new byte[] {0}, writer(deep)));

        assertThat(refusal).hasMessageContaining("the writer's schema nests deeper than 100 levels");
    }

    @Test
    void bytesMayBeginBehindAPrefixOfAnotherProtocol() {
        EventCodec<Nothing> codec = codec(Nothing.class);

        assertThat(codec.decode(new byte[] {0, 0, 0, 0, 7, 84}, 5, codec.schema()))
                .isEqualTo(new Nothing(42));
        assertThat(catchThrowableOfType(
                        EventDecodeException.class, () -> codec.decode(new byte[] {0, 0}, 5, codec.schema())))
                .hasMessageContaining("the data end too early");
    }
}
