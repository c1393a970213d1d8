package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.cli.Cli.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyCommandTest {

    @Test
    void everyKeyIsParsedAsInPython() {
        List<JsonNode> keys = Conformance.lines("opaque-keys.jsonl");

        Result result =
                carillon("key").reading(Conformance.text("opaque-keys.jsonl")).run();

        assertThat(keys).isNotEmpty();
        assertThat(result.json()).extracting(KeyCommandTest::withoutError).isEqualTo(keys);
        assertThat(result.json())
                .allSatisfy(line -> assertThat(line.has("error")).isEqualTo(line.has("invalid")));
        assertThat(result.exitCode()).isZero();
    }

    private static JsonNode withoutError(JsonNode line) {
        ObjectNode copy = line.deepCopy();
        copy.remove("error");
        return copy;
    }

    @Test
    void otherFieldsAreRepeatedUnchanged() {
        Result result = carillon("key")
                .reading("{\"id\": [1, {\"x\": \"\\u00e9\"}], \"kind\": \"course\", \"input\": \"edX/DemoX/2024\"}")
                .run();

        assertThat(result.lines())
                .containsExactly(
                        "{\"id\": [1, {\"x\": \"\\u00e9\"}], \"kind\": \"course\", \"input\": \"edX/DemoX/2024\","
                                + " \"class\": \"CourseLocator\", \"parts\": {\"course\": \"DemoX\", \"deprecated\": true,"
                                + " \"org\": \"edX\", \"run\": \"2024\"}, \"string\": \"edX/DemoX/2024\"}");
    }

    @Test
    void outputCanBeInputAgain() {
        String input = "{\"kind\": \"course\", \"input\": \"course-v1:a+b+c\"}";
        String output = carillon("key").reading(input).run().out();

        assertThat(carillon("key").reading(output).run().out()).isEqualTo(output);
    }

    @Test
    void anInvalidKeyIsReportedWithTheReason() {
        Result result = carillon("key")
                .reading("{\"kind\": \"library\", \"input\": \"course-v1:a+b+c\"}")
                .run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.json().get(0).get("invalid").asBoolean()).isTrue();
        assertThat(result.json().get(0).get("error").asText())
                .contains("'course-v1:a+b+c'", "library key", "does not start with 'lib:'");
    }

    @Test
    void anUnknownKindIsAnInvalidLine() {
        Result result = carillon("key")
                .reading("{\"kind\": \"libary\", \"input\": \"lib:a:b\"}")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json().get(0).get("error").asText()).contains("libary", "library_usage");
    }

    @Test
    void halfASurrogatePairIsKept() {
        Result result = carillon("key")
                .reading("{\"kind\": \"course\", \"input\": \"course-v1:\\ud800+b+c\"}")
                .run();

        assertThat(result.json().get(0).get("input").asText()).isEqualTo("course-v1:\ud800+b+c");
    }
}
