package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeCommandTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";

    @Test
    void everyVectorIsDecodedAsInPython() {
        List<JsonNode> vectors = Conformance.lines("vectors.jsonl");

        Result result =
                carillon("decode").reading(Conformance.text("vectors.jsonl")).run();

        assertThat(vectors).isNotEmpty();
        assertThat(result.json())
                .isEqualTo(vectors.stream()
                        .map(vector -> Conformance.only(vector, "event_type", "data"))
                        .toList());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void dataOfOldReleasesAreDecodedWithTheirSchemas() {
        List<JsonNode> vectors = Conformance.lines("old-release-vectors.jsonl");

        Result result = carillon("decode")
                .reading(Conformance.text("old-release-vectors.jsonl"))
                .run();

        assertThat(vectors).isNotEmpty();
        assertThat(result.json())
                .extracting(line -> line.get("data"))
                .isEqualTo(vectors.stream().map(vector -> vector.get("expect")).toList());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aReleaseMayBeAListOfNumbers() {
        JsonNode old = Conformance.lines("old-release-vectors.jsonl").get(0);
        String release = old.get("sourcelib").asText();

        Result result = carillon("decode")
                .reading(old.toString().replace("\"" + release + "\"", "[" + release.replace(".", ", ") + "]"))
                .run();

        assertThat(result.json().get(0).get("data")).isEqualTo(old.get("expect"));
    }

    @Test
    void personalDataAreNotMasked() {
        Result result = carillon("decode")
                .reading("{\"event_type\": \"" + LOGIN + "\", \"avro\": \"0601066164610a6140622E630c41646120C39C\"}")
                .run();

        assertThat(result.lines())
                .containsExactly("{\"event_type\": \"" + LOGIN + "\", \"data\": {\"user\":{\"id\":3,\"is_active\":true,"
                        + "\"pii\":{\"username\":\"ada\",\"email\":\"a@b.c\",\"name\":\"Ada Ü\"}}}}");
    }

    @Test
    void dataAreDecodedWithTheSchemaThatWroteThem() {
        String text = "[{\"name\": \"username\", \"type\": \"string\"}, {\"name\": \"email\", \"type\": \"string\"},"
                + " {\"name\": \"name\", \"type\": \"string\"}]";
        String user = "[{\"name\": \"is_active\", \"type\": \"boolean\"}, {\"name\": \"id\", \"type\": \"long\"},"
                + " {\"name\": \"pii\", \"type\": " + record("P", text) + "}]";
        String schema = record("E", "[{\"name\": \"user\", \"type\": " + record("U", user) + "}]");

        Result result = carillon("decode")
                .reading("{\"event_type\": \"" + LOGIN + "\", \"avro\": \"0106066164610a6140622E630c41646120C39C\","
                        + " \"schema\": " + schema + "}")
                .run();

        assertThat(result.lines())
                .singleElement()
                .asString()
                .contains("\"id\":3,\"is_active\":true,", "\"name\":\"Ada Ü\"");
        assertThat(errorOf("\"avro\": \"06\", \"schema\": \"{\"")).startsWith("'schema' must be an Avro schema: ");
    }

    private static String record(String name, String fields) {
        return "{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": " + fields + "}";
    }

    @Test
    void errorsNameTheFieldAndTheValue() {
        assertThat(errorOf("\"avro\": \"zz\"")).startsWith("'avro' must be bytes in hexadecimal, but is not");
        assertThat(errorOf("\"avro\": \"060\"")).startsWith("'avro' must be bytes in hexadecimal, but is not");
        assertThat(errorOf("\"avro\": 6")).isEqualTo("'avro' must be text, but is 6");
        assertThat(errorOf("\"avro\": \"0601\"")).startsWith("Event " + LOGIN + " cannot be read: user.pii.username");
        assertThat(errorOf("\"avro\": \"0601000000ff\"")).startsWith("Event " + LOGIN + " cannot be read: ");
        assertThat(errorOf("\"avro\": \"\", \"sourcelib\": \"new\"")).contains("'new'", "11.2.0");
        assertThat(errorOf("\"avro\": \"\", \"sourcelib\": [9, \"x\"]"))
                .isEqualTo("'sourcelib' must be a release such as \"9.20.0\" or [9, 20, 0], but is [9, \"x\"]");
        assertThat(errorOf("\"avro\": \"\", \"sourcelib\": {}")).contains("but is {}");
    }

    private static String errorOf(String fields) {
        Result result = carillon("decode")
                .reading("{\"event_type\": \"" + LOGIN + "\", " + fields + "}")
                .run();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json()).hasSize(1);
        assertThat(result.json().get(0).get("line").asInt()).isEqualTo(1);
        return result.json().get(0).get("error").asText();
    }

    @Test
    void aNullReleaseMeansTheCurrentOne() {
        Result result = carillon("decode")
                .reading("{\"event_type\": \"" + LOGIN + "\", \"avro\": \"0601000000\", \"sourcelib\": null}")
                .run();

        assertThat(result.exitCode()).isZero();
    }
}
