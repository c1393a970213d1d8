package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class DoctorCommandTest {

    private static final String CONFIG =
            "{\"%s\": {\"logins\": {\"event_key_field\": \"user.pii.username\", \"enabled\": true}}}";

    private Topic topic;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
        JsonNode vector = Conformance.lines("vectors.jsonl").get(0);
        for (int i = 0; i < 4; i++) {
            topic.addRecorded(vector);
        }
        topic.carillon("consume-events", "-t", topic.name(), "-g", "badges", "--from", "earliest", "--max", "1")
                .run();
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private Cli doctor(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "doctor";
        arguments[1] = "-t";
        arguments[2] = topic.name();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return topic.carillon(arguments);
    }

    @Test
    void aHealthyBusHasOneLinePerCheckAndNoProblems() {
        Result result = doctor("-g", "badges").run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).startsWith("carillon: 0 problems, ");
        assertThat(result.lines())
                .anyMatch(line -> line.matches("ok +settings +valid; 1 is set"))
                .anyMatch(line -> line.matches(" +EVENT_BUS_REDIS_CONNECTION_URL 'redis://127.0.0.1:\\d+.*'"))
                .anyMatch(line -> line.matches("ok +connection +Redis 7\\S+ is available"))
                .anyMatch(line ->
                        line.matches("ok +permissions +topic " + topic.name() + ": can be published to and consumed"))
                .anyMatch(line -> line.matches("ok +trimming +topics keep about 10000 events.*3 behind"));
        assertThat(topic.entries()).hasSize(4);
    }

    @Test
    void aTopicWithoutUnreadEventsHasNoGroupThatIsBehind() {
        Result result =
                topic.carillon("doctor", "-t", topic.name() + "-new", "--new").run();

        assertThat(result.lines())
                .anyMatch(line -> line.matches("ok +trimming +topics keep about 10000 events, and no group is behind"));
    }

    @Test
    void diagnosticsAreAvailableAsJson() {
        assertThat(doctor("--json").run().json())
                .filteredOn(line -> line.get("subject").asText().equals("connection"))
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line.get("status").asText()).isEqualTo("ok"))
                .satisfies(line -> assertThat(line.get("detail").asText()).contains("is available"))
                .satisfies(line -> assertThat(line.get("hint").isNull()).isTrue());
    }

    @Test
    void theHintOfAProblemIsAvailableAsJson() {
        assertThat(doctor("--json")
                        .with("EVENT_BUS_REDIS_STREAM_MAX_LEN", "3")
                        .run()
                        .json())
                .filteredOn(line -> line.get("subject").asText().equals("trimming"))
                .singleElement()
                .satisfies(line -> assertThat(line.get("status").asText()).isEqualTo("problem"))
                .satisfies(line -> assertThat(line.get("hint").asText()).contains("EVENT_BUS_REDIS_STREAM_MAX_LEN"));
    }

    @Test
    void anUnknownEventInTheSettingsIsAProblem() {
        Result result = doctor().with(
                        "EVENT_BUS_PRODUCER_CONFIG",
                        CONFIG.formatted("org.openedx.learning.auth.session.login.complete.v1"))
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines().get(0))
                .startsWith("problem  settings  EVENT_BUS_PRODUCER_CONFIG")
                .contains("org.openedx.learning.auth.session.login.completed.v1");
        assertThat(result.err()).endsWith("carillon: 1 problem, 0 warnings\n");
    }

    @Test
    void aMistypedSettingIsAWarning() {
        assertThat(doctor().with("EVENT_BUS_TOPIC_PREFX", "prod").run().lines())
                .anyMatch(line -> line.startsWith("warning  settings")
                        && line.endsWith("Did you mean 'EVENT_BUS_TOPIC_PREFIX'?"));
    }

    @Test
    void anUnavailableBrokerIsAProblem() {
        Result result = doctor().with("EVENT_BUS_REDIS_CONNECTION_URL", "redis://ada:sesame@127.0.0.1:1/0")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).anyMatch(line -> line.startsWith("problem  connection"));
        assertThat(result.out() + result.err()).contains("127.0.0.1:1").doesNotContain("sesame");
    }

    @Test
    void missingPermissionsAreNamed() {
        String url = topic.limited("doctor-writer", "pw", "XADD", "INFO", "XINFO", "XLEN", "SCAN");

        Result result = doctor("-g", "badges")
                .with("EVENT_BUS_REDIS_CONNECTION_URL", url)
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines())
                .anyMatch(line -> line.startsWith("problem  permissions")
                        && line.contains("can be published to, cannot be consumed: missing permission for")
                        && line.contains("xreadgroup"))
                .anyMatch(line -> line.matches(" +hint: grant the commands, and the topics as keys, with ACL SETUSER"));
    }

    @Test
    void aGroupThatWillLoseEventsIsAProblem() {
        Result result = doctor().with("EVENT_BUS_REDIS_STREAM_MAX_LEN", "3").run();
        Result soon = doctor().with("EVENT_BUS_REDIS_STREAM_MAX_LEN", "5").run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines())
                .anyMatch(line -> line.matches("problem +trimming +group badges is 3 events behind in topic "
                        + topic.name() + ".*unread events are being trimmed"))
                .anyMatch(line -> line.matches(" +hint: .*EVENT_BUS_REDIS_STREAM_MAX_LEN.*"));
        assertThat(soon.lines())
                .anyMatch(line -> line.matches("warning +trimming +.*unread events will soon be trimmed.*"));
    }
}
