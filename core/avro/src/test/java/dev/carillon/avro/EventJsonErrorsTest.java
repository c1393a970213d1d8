package dev.carillon.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Signal;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that does not fit is refused with the path of the field, what is there and what is expected. */
class EventJsonErrorsTest {

    record Inner(long id, int small, double fraction) {}

    record Outer(
            @Nullable Inner inner,
            @Nullable Boolean flag,
            @Nullable String text,
            @Nullable UUID uuid,
            @Nullable ByteBuffer bytes,
            @Nullable List<Long> list,
            @Nullable Map<String, Long> map) {}

    private static final EventJson<Outer> JSON = EventJson.of(Signal.of("org.example.json.v1", "data", Outer.class));

    private static EventJsonException refusal(EventJson<?> json, String text) {
        EventJsonException refusal = catchThrowableOfType(EventJsonException.class, () -> json.read(text));
        assertThat(refusal).as(text).isNotNull();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                         | ``               | must be an object, but is empty
            []                                         | ``               | must be an object (CloudEvent), but is a list
            {}                                         | data             | must be an object (Outer), but is missing
            {"data": null}                             | data             | must be an object (Outer), but is null
            {"data": "text"}                           | data             | must be an object (Outer), but is text
            {"date": {}}                               | date             | is no field of CloudEvent. Did you mean 'data'?
            {"data": {"lost": 1}}                      | data.lost        | is no field of Outer. Did you mean 'list'?
            {"data": {"zzzzzzzzzz": 1}}                | data.zzzzzzzzzz  | is no field of Outer
            {"data": {"inner": {"id": 1}}}             | data.inner.small | must be a whole number of 32 bits, but is missing
            {"data": {"inner": {"id": null}}}          | data.inner.id    | must be a whole number, but is null
            {"data": {"inner": {"id": 1.0}}}           | data.inner.id    | must be a whole number, but is a number with a fraction or exponent
            {"data": {"inner": {"id": "1"}}}           | data.inner.id    | must be a whole number, but is text
            {"data": {"inner": {"id": 9223372036854775808}}} | data.inner.id | must be a whole number, but is a number beyond 64 bits
            {"data": {"inner": {"small": 2147483648}}} | data.inner.small | must be a whole number of 32 bits, but is a number beyond that
            {"data": {"inner": {"fraction": true}}}    | data.inner.fraction | must be a number, but is true
            {"data": {"inner": {"fraction": "much"}}}  | data.inner.fraction | must be a number, but is text
            {"data": {"inner": {"fraction": 1e999}}}   | data.inner.fraction | must be a number, but is one beyond 64 bits
            {"data": {"inner": {"id": 1, "id": 2}}}    | data.inner.id    | occurs twice
            {"data": {}, "data": {}}                   | data             | occurs twice
            {"data": {"flag": 1}}                      | data.flag        | must be true or false, but is a whole number
            {"data": {"text": {}}}                     | data.text        | must be text, but is an object
            {"data": {"uuid": "1"}}                    | data.uuid        | must be a UUID such as 3af9f30c-5a66-1477-bda9-d8c096d38ff5, but is text of 1 character: it does not have 32 hexadecimal digits
            {"data": {"bytes": 1}}                     | data.bytes       | must be bytes as Base64 text, but is a whole number
            {"data": {"list": {}}}                     | data.list        | must be a list, but is an object
            {"data": {"list": [1, null]}}              | data.list[1]     | must be a whole number, but is null
            {"data": {"map": []}}                      | data.map         | must be an object, but is a list
            {"data": {"map": {"a": "b"}}}              | data.map[*]      | must be a whole number, but is text
            {"data": {"map": {"a": 1, "a": 1}}}        | data.map[*]      | occurs twice
            {"data": {}} {}                            | ``               | there is more text after the end of the data
            """)
    void theMessageSaysWhereAndWhy(String text, String path, String problem) {
        EventJsonException refusal = refusal(JSON, text);

        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal)
                .hasMessage("Event org.example.json.v1 cannot be read from JSON: " + (path.isEmpty() ? "" : path + ": ")
                        + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                        | ``        | 1
            {"data": {"flag": tru    | data      | 1
            {"data": {"text": "a     | data.text | 1
            {"data": {"list": [1,    | data.list[1] | 1
            {"data": {"list": [1 2]}}| data.list[1] | 1
            {data: 1}                | ``        | 1
            """)
    void textThatIsNoJsonIsRefusedWithItsPlace(String text, String path, int line) {
        EventJsonException refusal = refusal(JSON, text);

        assertThat(refusal.path()).isEqualTo(path);
        assertThat(refusal).hasMessageContaining("is not readable as JSON (line " + line + ", column ");
    }

    @Test
    void base64ThatIsNoneIsRefused() {
        assertThat(refusal(JSON, "{\"data\": {\"bytes\": \"?\"}}"))
                .hasMessageContaining("data.bytes: must be bytes as Base64 text, but is text of 1 character");
    }

    @Test
    void aKeyThatIsNoneIsRefusedByName() {
        String json = """
                {"certificate": {"user": {"id": 1, "is_active": true, "pii": {"username": "grace", "email": "g@example.org"}},
                "course": {"course_key": "edX/DemoX"}}}""";

        assertThat(refusal(EventJson.of(LearningSignals.CERTIFICATE_CREATED), json))
                .hasMessageStartingWith(
                        "Event org.openedx.learning.certificate.created.v1 cannot be read from JSON:"
                                + " certificate.course.course_key: must be a course key, but is text of 9 characters: expected 'course-v1:org+course+run'");
    }

    @Test
    void anOddNameIsNotShown() {
        assertThat(refusal(JSON, "{\"data\": {\"a b\": 1}}").path()).isEqualTo("data.*");
        assertThat(refusal(JSON, "{\"data\": {\"" + "x".repeat(10_000) + "\": 1}}")
                        .getMessage())
                .contains("data.*: is no field of Outer")
                .hasSizeLessThan(300);
    }

    @Test
    void endlessNestingIsRefusedAtItsFirstStep() {
        assertThat(refusal(JSON, "[".repeat(1_000_000))).hasMessageContaining("but is a list");
        assertThat(refusal(JSON, "{\"data\":".repeat(1_000_000)))
                .hasMessageContaining("data.data: is no field of Outer");
    }

    @Test
    void aSourceThatFailsIsNoFaultOfTheData() throws IOException {
        Reader broken = new Reader() {
            @Override
            public int read(char[] target, int start, int length) throws IOException {
                throw new IOException("connection lost");
            }

            @Override
            public void close() {}
        };
        JsonParser parser = new JsonFactory().createParser(broken);

        assertThatThrownBy(() -> JSON.read(parser))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("connection lost");
    }

    @Test
    @SuppressWarnings("NullAway") // null where it must not be is what this is about
    void dataThatCannotTravelAreRefusedWhenTheyAreWritten() {
        assertThatThrownBy(() -> JSON.write(new Outer(null, null, null, null, null, Arrays.asList(1L, null), null)))
                .isInstanceOf(EventJsonException.class)
                .hasMessage("Event org.example.json.v1 cannot be written as JSON: data.list[1]: must be a whole number,"
                        + " but is null");
        assertThatThrownBy(() -> JSON.write(null))
                .isInstanceOf(EventJsonException.class)
                .hasMessageContaining("data: must be " + Outer.class.getName() + ", but is null");

        assertThatThrownBy(() -> JSON.write(new Outer(null, null, "\ud83c", null, null, null, null)))
                .isInstanceOf(EventJsonException.class)
                .hasMessageContaining(
                        "data.text: must be text that UTF-8 can hold, but has a lone surrogate at index 0");
        assertThatThrownBy(() -> JSON.write(new Outer(null, null, null, null, null, null, Map.of("\ud83c", 1L))))
                .isInstanceOf(EventJsonException.class)
                .hasMessageContaining("data.map[*]: must be text");
    }
}
