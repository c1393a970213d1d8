package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import io.lettuce.core.StreamMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithRedis
class ProduceEventCommandTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";
    private static final String LOGIN_PATH = "openedx_events.learning.signals.SESSION_LOGIN_COMPLETED";
    private static final String ADA =
            "{\"user\": {\"id\": 3, \"is_active\": true, \"pii\": {\"username\": \"ada\", \"email\": \"a@b.c\", \"name\": \"Ü\"}}}";
    private static final String ADA_AVRO = "060106616461" + "0a6140622e63" + "04c39c";
    private static final String UNAVAILABLE = "redis://127.0.0.1:1/0";

    @TempDir
    private Path folder;

    private Topic topic;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private Cli produce(String... more) {
        return produceTo(topic.name(), more);
    }

    private Cli produceTo(String topicName, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "produce-event", "--signal", LOGIN_PATH, "--topic", topicName, "--key-field", "user.pii.username"));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new));
    }

    @Test
    void anEventIsSentAndItsPositionPrinted() {
        Result result = produce("--data", ADA).with("SERVICE_VARIANT", "lms").run();

        StreamMessage<String, byte[]> entry = onlyEntry();
        assertThat(Topic.text(entry, "type")).isEqualTo(LOGIN);
        assertThat(Topic.text(entry, "source")).isEqualTo("openedx/lms/web");
        assertThat(entry.getBody().get("event_data")).isEqualTo(HexFormat.of().parseHex(ADA_AVRO));
        assertThat(result)
                .isEqualTo(new Result(
                        0,
                        "Sent " + LOGIN + " to topic " + topic.name() + ": position " + entry.getId() + ", event id "
                                + Topic.text(entry, "id") + "\n",
                        ""));
    }

    private StreamMessage<String, byte[]> onlyEntry() {
        assertThat(topic.entries()).hasSize(1);
        return topic.entries().get(0);
    }

    @Test
    void theResultIsAvailableAsJson() {
        JsonNode sent = produce("--data", ADA, "--json").run().json().get(0);

        StreamMessage<String, byte[]> entry = onlyEntry();
        assertThat(sent)
                .isEqualTo(Conformance.parse("{\"event_id\": \"" + Topic.text(entry, "id") + "\", \"event_type\": \""
                        + LOGIN + "\", \"topic\": \"" + topic.name() + "\", \"position\": \"" + entry.getId() + "\"}"));
    }

    @Test
    void theTopicGetsThePrefixOfTheSettings() {
        int dash = topic.name().indexOf('-');

        produceTo(topic.name().substring(dash + 1), "--data", ADA)
                .with("EVENT_BUS_TOPIC_PREFIX", topic.name().substring(0, dash))
                .run();

        assertThat(topic.entries()).hasSize(1);
    }

    @Test
    void dataMayComeFromAFileOrFromStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("ada.json"), ADA.replace("{", "{\n"));

        assertThat(produce("--data", "@" + file).run().exitCode()).isZero();
        assertThat(produce("--data", "-").reading(ADA).run().exitCode()).isZero();

        assertThat(topic.entries())
                .extracting(entry -> HexFormat.of().formatHex(entry.getBody().get("event_data")))
                .containsExactly(ADA_AVRO, ADA_AVRO);
    }

    @Test
    void settingsMayComeFromAFileAndVariablesTakePrecedence(EmbeddedRedis redis) throws IOException {
        Path file = Files.writeString(
                folder.resolve("service.yml"), "SERVICE_VARIANT: cms\nEVENTS_SERVICE_NAME: authoring\n");

        produce("--data", ADA, "--settings", file.toString())
                .with("EVENTS_SERVICE_NAME", "studio")
                .run();
        produce("--data", ADA).with("CARILLON_SETTINGS", file.toString()).run();

        assertThat(topic.entries())
                .extracting(entry -> Topic.text(entry, "source"))
                .containsExactly("openedx/studio/web", "openedx/authoring/web");
    }

    @Test
    void invalidDataAreWrongUsageAndNameThePath() {
        assertThat(usageError("--data", ADA.replace("3", "\"3\"")))
                .isEqualTo("carillon: Event " + LOGIN
                        + " cannot be read from JSON: user.id: must be a whole number, but is text\n");
        assertThat(usageError("--data", "{\"usr\": {}}")).contains("usr", "Did you mean 'user'");
        assertThat(usageError("--data", "no JSON")).contains("cannot be read from JSON");
        assertThat(usageError("--data", "@" + folder.resolve("none"))).contains("none does not exist");
        assertThat(usageError("--data", "@" + folder)).contains(folder + " cannot be read");
    }

    private String usageError(String... more) {
        Result result = produce(more).run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(topic.entries()).isEmpty();
        return result.err();
    }

    @Test
    void anUnknownSignalOrKeyFieldIsWrongUsageAndSuggestsTheNearestName() {
        Result signal = topic.carillon(
                        "produce-event",
                        "--signal",
                        LOGIN_PATH + "D",
                        "--topic",
                        "t",
                        "--key-field",
                        "k",
                        "--data",
                        ADA)
                .run();
        Result keyField = topic.carillon(
                        "produce-event",
                        "--signal",
                        LOGIN,
                        "--topic",
                        "t",
                        "--key-field",
                        "user.pii.user_name",
                        "--data",
                        ADA)
                .run();

        assertThat(signal.exitCode()).isEqualTo(2);
        assertThat(signal.err())
                .contains("'" + LOGIN_PATH + "D'", "Did you mean '" + LOGIN_PATH + "'", "CARILLON_CLASSPATH");
        assertThat(keyField.exitCode()).isEqualTo(2);
        assertThat(keyField.err()).contains("user.pii.user_name", "Did you mean 'username'");
    }

    @Test
    void anEventThatStaysInProcessIsRefused() {
        Result result = topic.carillon(
                        "produce-event",
                        "--signal",
                        "openedx_events.learning.signals.EXTERNAL_GRADER_SCORE_SUBMITTED",
                        "--topic",
                        topic.name(),
                        "--key-field",
                        "score.points_earned",
                        "--data",
                        "{}")
                .run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("must stay in process");
    }

    @Test
    void missingOptionsAreNamed() {
        Result result = topic.carillon("produce-event", "--signal", LOGIN).run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--topic", "--key-field", "--data", "Try 'carillon produce-event --help'");
    }

    @Test
    void allWrongSettingsAreReportedAtOnceWithoutSecrets() {
        Result result = produce("--data", ADA)
                .with("EVENT_BUS_REDIS_CONNECTION_URL", "http://:sesame@localhost")
                .with("EVENT_BUS_REDIS_STREAM_MAX_LEN", "many")
                .with("EVENT_BUS_PRODUCER_CONFIG", "{\"org.example.unknown.v1\": {}}")
                .run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "3 settings are wrong",
                        "EVENT_BUS_REDIS_CONNECTION_URL",
                        "EVENT_BUS_REDIS_STREAM_MAX_LEN",
                        "'many'",
                        "EVENT_BUS_PRODUCER_CONFIG",
                        "org.example.unknown.v1")
                .doesNotContain("sesame");
    }

    @Test
    void withoutABrokerInTheSettingsNothingIsSent() {
        Result result = produce("--data", ADA)
                .with("EVENT_BUS_REDIS_CONNECTION_URL", "")
                .run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("EVENT_BUS_PRODUCER is not set");
    }

    @Test
    void anUnsentEventIsPrintedAndCanBeResentWithTheSameIdAndTime() throws IOException {
        Result failed = produce("--data", ADA)
                .with("EVENT_BUS_REDIS_CONNECTION_URL", UNAVAILABLE + "?socket_timeout=0.5")
                .run();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("was not published to topic " + topic.name(), "127.0.0.1:1", "--resend")
                .doesNotContain("\tat ", "a@b.c");
        JsonNode unsent = failed.json().get(0);
        assertThat(unsent.get("data")).isEqualTo(Conformance.parse(ADA));
        assertThat(unsent.get("key_field").asText()).isEqualTo("user.pii.username");

        Path file = Files.writeString(folder.resolve("unsent.jsonl"), failed.out() + "\n");
        Result resent =
                topic.carillon("produce-event", "--resend", file.toString()).run();

        StreamMessage<String, byte[]> entry = onlyEntry();
        assertThat(resent.exitCode()).isZero();
        assertThat(Topic.text(entry, "id")).isEqualTo(unsent.at("/metadata/id").asText());
        assertThat(Topic.text(entry, "time"))
                .isEqualTo(unsent.at("/metadata/time").asText());
        assertThat(entry.getBody().get("event_data")).isEqualTo(HexFormat.of().parseHex(ADA_AVRO));
    }

    @Test
    void severalEventsAreResentInOrderUnlessOneIsInvalid() {
        String unsent = failedEvent() + failedEvent();

        Result wrong = topic.carillon("produce-event", "--resend", "-")
                .reading(unsent + "{}\n")
                .run();
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("Line 3", "'event_type' must be text, but is missing");
        assertThat(topic.entries()).isEmpty();

        topic.carillon("produce-event", "--resend", "-").reading(unsent).run();
        assertThat(topic.entries())
                .extracting(entry -> Topic.text(entry, "id"))
                .containsExactlyElementsOf(unsent.lines()
                        .map(line -> Conformance.parse(line).at("/metadata/id").asText())
                        .toList());
    }

    private String failedEvent() {
        return produce("--data", ADA)
                .with("EVENT_BUS_REDIS_CONNECTION_URL", UNAVAILABLE + "?socket_timeout=0.1")
                .run()
                .out();
    }

    @Test
    void aTimeoutNamesTheAddressOfAnUnavailableBrokerAndTheCause() {
        Result result = produce("--data", ADA, "--timeout", "0.5")
                .with("EVENT_BUS_REDIS_CONNECTION_URL", UNAVAILABLE)
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("did not acknowledge event", "within 0.5 s", "Redis at 127.0.0.1:1", "Connection refused");
        assertThat(result.json()).hasSize(1);
    }

    @Test
    void anUnresponsiveBrokerTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Result result = produce("--data", ADA, "--timeout", "0.5")
                    .with("EVENT_BUS_REDIS_CONNECTION_URL", "redis://127.0.0.1:" + silent.getLocalPort())
                    .run();

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("did not acknowledge event", "within 0.5 s; it may have stored it nevertheless");
            assertThat(result.json()).hasSize(1);
        }
    }

    @Test
    void aTimeoutMustBeAPositiveNumber() {
        assertThat(usageError("--data", ADA, "--timeout", "0")).contains("--timeout must be more than 0");
        assertThat(usageError("--data", ADA, "--timeout", "NaN")).contains("--timeout must be more than 0");
        assertThat(usageError("--data", ADA, "--timeout", "soon")).contains("--timeout", "'soon'");
    }
}
