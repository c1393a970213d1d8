package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.events.Signal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data that cannot travel are refused with the path of the value. */
@SuppressWarnings("NullAway") // null where it must not be is what this is about
class EncodeErrorsTest {

    record Inner(String text, OffsetDateTime time) {}

    record Outer(
            Inner inner,
            List<Inner> list,
            Map<String, List<String>> map,
            @Nullable String maybe) {}

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2024-01-02T03:04:05Z");
    private static final Inner INNER = new Inner("text", TIME);

    private final EventCodec<Outer> codec = EventCodec.of(Signal.of("org.example.wrong.v1", "outer", Outer.class));

    private void assertRefused(Outer data, String path, String problem) {
        EventEncodeException e = catchThrowableOfType(EventEncodeException.class, () -> codec.encode(data));

        assertThat(e).hasMessage("Event org.example.wrong.v1 cannot be written: " + path + ": " + problem);
        assertThat(e.path()).isEqualTo(path);
        assertThat(e.eventType()).isEqualTo("org.example.wrong.v1");
    }

    @Test
    void nullWhereAValueMustBe() {
        assertRefused(
                new Outer(null, List.of(), Map.of(), null),
                "outer.inner",
                "must be an object (Inner), but is null; mark the component @Nullable if it may be null");
        assertRefused(
                new Outer(new Inner(null, TIME), List.of(), Map.of(), null),
                "outer.inner.text",
                "must be text, but is null; mark the component @Nullable if it may be null");
        assertRefused(
                new Outer(INNER, null, Map.of(), null),
                "outer.list",
                "must be a list, but is null; mark the component @Nullable if it may be null");
        assertRefused(
                new Outer(INNER, Arrays.asList(INNER, null), Map.of(), null),
                "outer.list[1]",
                "must be an object (Inner), but is null");
        assertRefused(
                new Outer(INNER, List.of(INNER, new Inner("a", null)), Map.of(), null),
                "outer.list[1].time",
                "must be a time such as 2024-01-02T03:04:05+00:00, but is null; mark the component @Nullable if it may be null");
        assertRefused(
                new Outer(INNER, List.of(), Map.of("k\n", Arrays.asList("a", null)), null),
                "outer.map[*][1]",
                "must be text, but is null");
    }

    @Test
    void aNullKeyOfAMap() {
        Map<String, List<String>> map = new HashMap<>();
        map.put(null, List.of());

        assertRefused(
                new Outer(INNER, List.of(), map, null),
                "outer.map",
                "must have text as keys, but has a key that is null");
    }

    @Test
    void aTextThatIsNoUnicode() {
        for (String lone : List.of("\ud83c", "a\udf93", "ü\udf93\ud83c", "x".repeat(500) + "\ud83c")) {
            assertThatThrownBy(() -> codec.encode(new Outer(INNER, List.of(), Map.of(), lone)))
                    .isInstanceOf(EventEncodeException.class)
                    .hasMessageContaining("outer.maybe: must be text that UTF-8 can hold, but has a lone surrogate");
        }
        assertThatThrownBy(() -> codec.encode(new Outer(INNER, List.of(), Map.of("\ud83c", List.of()), null)))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("outer.map[*]: must be text");
    }

    @Test
    void aYearThatPythonCannotRead() {
        assertRefused(
                new Outer(new Inner("a", TIME.withYear(10_000)), List.of(), Map.of(), null),
                "outer.inner.time",
                "cannot be written: A time must be within the years 1 to 9999, but its year is 10000");
    }

    @Test
    void dataOfAnotherClass() {
        @SuppressWarnings("unchecked")
        EventCodec<Object> raw = (EventCodec<Object>) (EventCodec<?>) codec;

        assertThatThrownBy(() -> raw.encode("text"))
                .isInstanceOf(EventEncodeException.class)
                .hasMessage("Event org.example.wrong.v1 cannot be written: outer: must be " + Outer.class.getName()
                        + ", but is java.lang.String");
        assertThatThrownBy(() -> raw.encode(null))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("outer: must be " + Outer.class.getName() + ", but is null");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void itemsOfAnotherClass() {
        assertThatThrownBy(() -> codec.encode(new Outer(INNER, (List) List.of(1), Map.of(), null)))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("outer.list[0].text: cannot be written: ");
        assertThatThrownBy(() -> codec.encode(new Outer(INNER, List.of(), (Map) Map.of(1, List.of()), null)))
                .isInstanceOf(EventEncodeException.class)
                .hasMessageContaining("outer.map: must have text as keys, but has a key that is java.lang.Integer");
    }

    @Test
    void aBufferIsLeftAsItWas() {
        AvroBuffer buffer = new AvroBuffer();
        buffer.append(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> codec.encode(new Outer(INNER, List.of(), Map.of(), "\ud83c"), buffer))
                .isInstanceOf(EventEncodeException.class);

        assertThat(buffer.toByteArray()).containsExactly(1, 2, 3);
    }
}
