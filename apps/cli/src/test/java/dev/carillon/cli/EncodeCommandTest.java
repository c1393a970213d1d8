package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeCommandTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";
    private static final String ADA =
            "{\"event_type\": \"" + LOGIN + "\", \"data\": {\"user\": {\"id\": 3, \"is_active\": true,"
                    + " \"pii\": {\"username\": \"ada\", \"email\": \"a@b.c\", \"name\": \"Ada Ü\"}}}}";
    private static final String ADA_AVRO = "060106616461" + "0a6140622e63" + "0c41646120c39c";

    @Test
    void everyVectorIsEncodedAsInPython() {
        List<JsonNode> vectors = Conformance.lines("vectors.jsonl");

        Result result =
                carillon("encode").reading(Conformance.text("vectors.jsonl")).run();

        assertThat(vectors).isNotEmpty();
        assertThat(result.json())
                .isEqualTo(vectors.stream()
                        .map(vector -> Conformance.only(vector, "event_type", "avro"))
                        .toList());
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void anEventMayBeNamedByItsPathInPython() {
        String line = ADA.replace(LOGIN, "openedx_events.learning.signals.SESSION_LOGIN_COMPLETED");

        assertThat(carillon("encode").reading(line).run().lines())
                .containsExactly("{\"event_type\": \"" + LOGIN + "\", \"avro\": \"" + ADA_AVRO + "\"}");
    }

    @Test
    void anInvalidLineGivesAnErrorInItsPlaceAndTheRestIsConverted() {
        Result result = carillon("encode")
                .reading(ADA + "\n{\"event_type\": \"" + LOGIN + "\", \"data\": {\"user\": {\"id\": \"3\"}}}\n" + ADA)
                .run();

        assertThat(result.json())
                .extracting(line -> line.path("avro").asText())
                .containsExactly(ADA_AVRO, "", ADA_AVRO);
        assertThat(result.lines().get(1))
                .isEqualTo("{\"error\": \"Event " + LOGIN
                        + " cannot be read from JSON: user.id: must be a whole number, but is text\", \"line\": 2}");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("carillon: Invalid lines: 1 of 3; the output has an error in place of each\n");
    }

    @Test
    void errorsNameTheFieldAndTheValue() {
        assertThat(errorOf("no JSON")).startsWith("Invalid JSON: ").contains("column 1");
        assertThat(errorOf("{\"data\": {}"))
                .isEqualTo("Invalid JSON: Unexpected end-of-input: expected close marker for Object (column 12)");
        assertThat(errorOf("[1]")).isEqualTo("Must be a JSON object, but is not");
        assertThat(errorOf("{} {}")).isEqualTo("Unexpected text after the JSON object");
        assertThat(errorOf("{\"data\": {}}")).isEqualTo("'event_type' must be text, but is missing");
        assertThat(errorOf("{\"event_type\": 7}")).isEqualTo("'event_type' must be text, but is 7");
        assertThat(errorOf("{\"event_type\": \"" + LOGIN + "\"}"))
                .isEqualTo("'data' must be an object, but is missing");
        assertThat(errorOf("{\"event_type\": \"" + LOGIN + "\", \"data\": []}"))
                .isEqualTo("'data' must be an object, but is a list");
        assertThat(errorOf("{\"data\": {}, \"data\": {}}")).isEqualTo("'data' appears twice");
        assertThat(errorOf("{\"event_type\": \"" + LOGIN.replace("login", "logon") + "\", \"data\": {}}"))
                .contains("session.logon.completed", "Did you mean '" + LOGIN + "'");
        assertThat(errorOf(ADA.replace("username", "user_name")))
                .contains("user.pii.user_name", "Did you mean 'username'");
    }

    private static String errorOf(String line) {
        Result result = carillon("encode").reading(line).run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json()).hasSize(1);
        assertThat(result.json().get(0).get("line").asInt()).isEqualTo(1);
        return result.json().get(0).get("error").asText();
    }

    @Test
    void blankLinesAreCountedButGiveNothing() {
        Result result =
                carillon("encode").reading("\n  \t\r\n" + ADA + "\n\nx\n").run();

        assertThat(result.json()).hasSize(2);
        assertThat(result.json().get(1).get("line").asInt()).isEqualTo(5);
    }

    @Test
    void linesFromWindowsAreRead() {
        Result result = carillon("encode")
                .reading("\uFEFF" + ADA + "\r\n" + ADA + "\r\n")
                .run();

        assertThat(result.json()).extracting(line -> line.path("avro").asText()).containsExactly(ADA_AVRO, ADA_AVRO);
    }

    @Test
    void aLineThatIsNotUtf8IsInvalidAndTheRestIsConverted() {
        byte[] latin1 = (ADA + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] ascii = ADA.replace('Ü', 'U').getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(latin1, latin1.length + ascii.length);
        System.arraycopy(ascii, 0, both, latin1.length, ascii.length);

        Result result = carillon("encode").reading(both).run();

        assertThat(result.json().get(0).get("error").asText()).isEqualTo("The line is not UTF-8");
        assertThat(result.json().get(1).has("avro")).isTrue();
    }

    @Test
    void aLineMayBeVeryLong() {
        String name = "x".repeat(3_000_000);

        Result result = carillon("encode").reading(ADA.replace("Ada Ü", name)).run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().get(0).get("avro").asText()).endsWith("78".repeat(3_000_000));
    }

    @Test
    void linesBeforeAReadErrorAreConverted() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection lost");
            }

            @Override
            public int read(byte[] buffer, int start, int length) throws IOException {
                return read();
            }
        };

        Result result = carillon("encode")
                .reading(new SequenceInputStream(new ByteArrayInputStream((ADA + "\n").getBytes(UTF_8)), broken))
                .run();

        assertThat(result.json()).hasSize(1);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("carillon: Cannot read standard input: connection lost\n");
    }

    @Test
    void noInputGivesNoOutput() {
        Result result = carillon("encode").run();

        assertThat(result).isEqualTo(new Result(0, "", ""));
    }
}
