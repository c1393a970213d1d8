package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Personal data do not appear in messages, nor in the causes behind them. */
class PersonalDataTest {

    private static final String SECRET = "grace";

    record Inner(@Nullable CourseKey key, @Nullable OffsetDateTime time, Map<String, Long> map) {}

    record Person(
            @Pii Inner hidden,
            @Nullable @Pii UUID id,
            @Pii @Nullable String name) {

        Person {
            if (SECRET.equals(name)) {
                throw new IllegalArgumentException("not you, " + name);
            }
        }
    }

    record Event(Person person, @Nullable CourseKey open) {}

    private static final EventCodec<Event> CODEC =
            EventCodec.of(Signal.of("org.example.person.v1", "data", Event.class));

    private static void assertSilent(EventDataException refusal, String path) {
        StringWriter everything = new StringWriter();
        refusal.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain(SECRET);
        assertThat(refusal.path()).isEqualTo(path);
    }

    private static EventDecodeException undecodable(Object... values) {
        AvroBuffer buffer = new AvroBuffer();
        for (Object value : values) {
            if (value instanceof String text) {
                buffer.writeText(text);
            } else {
                buffer.writeLong((Integer) value);
            }
        }
        return catchThrowableOfType(EventDecodeException.class, () -> CODEC.decode(buffer.toByteArray()));
    }

    @Test
    void inBytes() {
        assertSilent(undecodable(1, SECRET), "data.person.hidden.key");
        assertSilent(undecodable(0, 1, SECRET), "data.person.hidden.time");
        assertSilent(undecodable(0, 0, 1, SECRET), "data.person.hidden.map[*]");
        assertSilent(undecodable(0, 0, 0, 1, SECRET), "data.person.id");
        assertSilent(undecodable(0, 0, 0, 0, 1, SECRET), "data.person");
        assertThat(undecodable(1, SECRET))
                .hasMessage("Event org.example.person.v1 cannot be read: data.person.hidden.key (byte 1):"
                        + " must be a course key, but is another text");
    }

    private static EventJsonException unreadable(String json) {
        return catchThrowableOfType(EventJsonException.class, () -> CODEC.json().read(json));
    }

    @Test
    void inJson() {
        assertSilent(
                unreadable("{\"data\": {\"person\": {\"hidden\": {\"key\": \"grace\"}}}}"), "data.person.hidden.key");
        assertSilent(unreadable("{\"data\": {\"person\": {\"name\": grace}}}"), "data.person");
        assertSilent(
                unreadable("{\"data\": {\"person\": {\"hidden\": {\"map\": {\"grace\": \"\"}}}}}"),
                "data.person.hidden.map[*]");
        assertSilent(
                unreadable("{\"data\": {\"person\": {\"hidden\": {\"map\": {}}, \"name\": \"grace\"}}}"),
                "data.person");
    }

    @Test
    void inData() {
        Inner inner = new Inner(null, OffsetDateTime.MAX, Map.of(SECRET, 1L));
        Event event = new Event(new Person(inner, null, null), null);
        @SuppressWarnings("NullAway") // a required value that is missing
        Event broken = new Event(
                new Person(new Inner(null, null, java.util.Collections.singletonMap(SECRET, null)), null, null), null);

        assertSilent(
                catchThrowableOfType(EventEncodeException.class, () -> CODEC.encode(event)), "data.person.hidden.time");
        assertSilent(
                catchThrowableOfType(EventEncodeException.class, () -> CODEC.encode(broken)),
                "data.person.hidden.map[*]");
        assertSilent(
                catchThrowableOfType(
                        EventJsonException.class, () -> CODEC.json().write(broken)),
                "data.person.hidden.map[*]");
    }

    @Test
    void whatStandsWhereAKeyShouldBeIsNobodysToShowEvenWithoutAMark() {
        EventJsonException refusal = unreadable(
                "{\"data\": {\"person\": {\"hidden\": {\"map\": {}}}, \"open\": \"" + SECRET + "@example.org\"}}");

        assertSilent(refusal, "data.open");
        assertThat(refusal).hasMessageContaining("data.open: must be a course key, but is text of ");
    }
}
