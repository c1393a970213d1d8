package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class ConsumeEventsCommandTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";

    private Topic topic;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private Cli consume(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("consume-events", "-t", topic.name(), "-g", "group", "--from", "earliest"));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new));
    }

    private static JsonNode login(int index) {
        return Conformance.lines("vectors.jsonl").stream()
                .filter(vector -> vector.get("event_type").asText().equals(LOGIN))
                .toList()
                .get(index);
    }

    private static List<String> ids(Result result) {
        return result.json().stream()
                .map(line -> line.at("/metadata/id").asText())
                .toList();
    }

    private static String id(int index) {
        return login(index).at("/metadata/id").asText();
    }

    @Test
    void everyEventFromPythonIsPrintedInOrder() {
        List<JsonNode> vectors = Conformance.lines("vectors.jsonl");
        vectors.forEach(topic::addRecorded);

        Result result =
                consume("--max", String.valueOf(vectors.size()), "--show-pii").run();

        assertThat(result.json())
                .isNotEmpty()
                .isEqualTo(vectors.stream()
                        .map(vector -> Conformance.only(vector, "event_type", "metadata", "data"))
                        .toList());
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("carillon: " + vectors.size() + " events printed\n");
    }

    @Test
    void personalDataAreMaskedWithoutShowPii() {
        topic.addRecorded(login(0));

        Result masked = consume("--max", "1").run();

        JsonNode pii = masked.json().get(0).at("/data/user/pii");
        assertThat(pii).allSatisfy(field -> assertThat(field.asText()).isEqualTo("***"));
        assertThat(masked.json().get(0).at("/data/user/id")).isEqualTo(login(0).at("/data/user/id"));
        assertThat(masked.out())
                .doesNotContain(login(0).at("/data/user/pii/email").asText());
    }

    @Test
    void anExistingGroupContinuesAtItsPosition() {
        topic.addRecorded(login(0));
        topic.addRecorded(login(1));

        assertThat(ids(consume("--max", "1").run())).containsExactly(id(0));
        assertThat(ids(consume("--max", "1").run())).containsExactly(id(1));
    }

    @Test
    void aNewGroupStartsAtTheRequestedPosition() {
        String first = topic.addRecorded(login(0));
        topic.addRecorded(login(1));

        Result behind = topic.carillon(
                        "consume-events", "-t", topic.name(), "--group_id", "a", "--from", first, "--max", "1")
                .run();
        Result since = topic.carillon(
                        "consume-events",
                        "--topic",
                        topic.name(),
                        "--group-id",
                        "b",
                        "--from",
                        "2020-01-01",
                        "--max",
                        "1")
                .run();
        Result asInPython = topic.carillon(
                        "consume-events",
                        "-t",
                        topic.name(),
                        "-g",
                        "c",
                        "--extra",
                        "{\"last_read_msg_id\": \"" + first + "\", \"consumer_name\": null}",
                        "--max",
                        "1")
                .run();

        assertThat(ids(behind)).containsExactly(id(1));
        assertThat(ids(since)).containsExactly(id(0));
        assertThat(ids(asInPython)).containsExactly(id(1));
    }

    @Test
    void severalTopicsAreConsumedAtOnce(EmbeddedRedis redis) {
        try (Topic other = new Topic(redis)) {
            topic.addRecorded(login(0));
            other.addRecorded(login(1));

            Result result = consume("-t", other.name(), "--max", "2").run();

            assertThat(ids(result)).containsExactlyInAnyOrder(id(0), id(1));
        }
    }

    @Test
    void unknownTypesAndUndecodableMessagesAreCounted() {
        topic.add(Map.of("type", "org.example.unknown.v1", "event_data", "x"));
        topic.add(Map.of("type", LOGIN, "id", id(0), "event_data", "x"));
        topic.add(Map.of("other", "x"));
        topic.addRecorded(login(0));

        Result result = consume("--max", "1").run();

        assertThat(ids(result)).containsExactly(id(0));
        assertThat(result.err())
                .isEqualTo("carillon: 1 event printed; 1 of unknown event types skipped (CARILLON_CLASSPATH: jars with"
                        + " events of your own); 2 undecodable skipped\n");
    }

    @Test
    void anEventThatCannotBePrintedIsNotAcknowledged() {
        topic.addRecorded(login(0));
        topic.addRecorded(login(1));
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        Result cut = consume("--extra", "{\"consumer_name\": \"me\"}")
                .writingTo(new ShortOutput(read, "Broken pipe"))
                .run();
        Result rest =
                consume("--extra", "{\"consumer_name\": \"me\"}", "--max", "1").run();

        assertThat(cut.exitCode()).isZero();
        assertThat(cut.err()).isEqualTo("carillon: 1 event printed; 1 could not be printed\n");
        assertThat(read.toString(StandardCharsets.UTF_8)).contains(id(0)).doesNotContain(id(1));
        assertThat(ids(rest)).containsExactly(id(1));
    }

    @Test
    void aFullDiskIsAFailure() {
        topic.addRecorded(login(0));
        topic.addRecorded(login(1));

        Result result = consume()
                .writingTo(new ShortOutput(new ByteArrayOutputStream(), "No space left on device"))
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).endsWith("carillon: Cannot write to standard output: No space left on device\n");
    }

    /** Fails after one line. */
    private static final class ShortOutput extends OutputStream {

        private final OutputStream out;
        private final String problem;
        private boolean full;

        ShortOutput(OutputStream out, String problem) {
            this.out = out;
            this.problem = problem;
        }

        @Override
        public void write(int b) throws IOException {
            if (full) {
                throw new IOException(problem);
            }
            out.write(b);
        }

        @Override
        public void flush() {
            full = true;
        }
    }

    @Test
    void tooManyConsecutiveErrorsAreAFailure() {
        Result result = consume()
                .with("EVENT_BUS_REDIS_CONNECTION_URL", "redis://127.0.0.1:1/0")
                .with("EVENT_BUS_REDIS_CONSUMER_CONSECUTIVE_ERRORS_LIMIT", "2")
                .with("EVENT_BUS_REDIS_CONSUMER_POLL_FAILURE_SLEEP", "0.01")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("carillon: 0 events printed\n", "2 consecutive errors", "CONSECUTIVE_ERRORS_LIMIT");
    }

    @Test
    void disabledConsumersEndAtOnce() {
        topic.addRecorded(login(0));

        Result result =
                consume().with("EVENT_BUS_REDIS_CONSUMERS_ENABLED", "false").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(usageError("--from", "yesterday")).contains("--from", "earliest, latest, a position", "'yesterday'");
        assertThat(usageError("--max", "0")).isEqualTo("carillon: --max must be at least 1, but is 0\n");
        assertThat(usageError("--max", "some")).contains("--max", "'some'");
        assertThat(usageError("--extra", "[]")).contains("--extra: Must be a JSON object");
        assertThat(usageError("--extra", "{\"check_backlg\": true}")).contains("--extra: ", "check_backlog");
        assertThat(usageError("--settings", "/nowhere/settings.yml")).contains("/nowhere/settings.yml");
        assertThat(topic.carillon("consume-events", "-t", "x").run().err()).contains("--group");
    }

    private String usageError(String... more) {
        Result result = consume(more).run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        return result.err();
    }
}
