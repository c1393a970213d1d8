package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.testkit.WithKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands on Kafka, with the same options and output as on Redis. */
@WithKafka
class KafkaCommandsTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";

    private static final String CREATED = "org.openedx.learning.certificate.created.v1";

    private final String topic = "logins-" + UUID.randomUUID();
    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;

    @BeforeEach
    void takeServers(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    private Cli onKafka(String... arguments) {
        return carillon(arguments)
                .with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .with("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", registry.url());
    }

    private Cli produce(JsonNode vector, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "produce-event",
                "--signal",
                LOGIN,
                "--topic",
                topic,
                "--key-field",
                "user.pii.username",
                "--data",
                vector.get("data").toString()));
        arguments.addAll(List.of(more));
        return onKafka(arguments.toArray(String[]::new));
    }

    private Cli consume(String... more) {
        List<String> arguments = new ArrayList<>(List.of("consume-events", "-t", topic, "-g", "group"));
        arguments.addAll(List.of(more));
        return onKafka(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> logins() {
        return Conformance.lines("vectors.jsonl").stream()
                .filter(vector -> vector.get("event_type").asText().equals(LOGIN))
                .toList();
    }

    @Test
    void aProducedEventIsConsumed() {
        JsonNode login = logins().get(0);

        Result produced = produce(login, "--json").run();
        Result consumed =
                consume("--from", "earliest", "--max", "1", "--show-pii").run();

        assertThat(produced.err()).isEmpty();
        assertThat(produced.exitCode()).isZero();
        assertThat(produced.json().get(0).get("position").asText()).matches("[0-2]:0");
        assertThat(consumed.err()).isEqualTo("carillon: 1 event printed\n");
        assertThat(consumed.json().get(0).get("data")).isEqualTo(login.get("data"));
    }

    @Test
    void offsetTimeMovesTheGroupAndEnds() {
        for (JsonNode login : logins().subList(0, 3)) {
            assertThat(produce(login).run().exitCode()).isZero();
        }
        assertThat(consume("--from", "earliest", "--max", "3").run().lines()).hasSize(3);

        Result moved = consume("--extra", "{\"offset_time\": \"2024-01-02T03:04:05+00:00\"}")
                .run();

        assertThat(moved.exitCode()).isZero();
        assertThat(moved.err()).isEqualTo("carillon: group group was moved as requested by --extra\n");
        assertThat(consume("--max", "3").run().lines()).hasSize(3);
    }

    @Test
    void groupsAreShownAndMovedAsOnRedis() {
        for (JsonNode login : logins().subList(0, 3)) {
            assertThat(produce(login).run().exitCode()).isZero();
        }
        assertThat(consume("--from", "earliest", "--max", "2").run().lines()).hasSize(2);

        JsonNode before = groups("--json").json().get(0);
        Result table = groups();
        Result plan = reset("earliest");
        Result moved = reset("earliest", "--yes");
        JsonNode after = groups("--json").json().get(0);

        assertThat(before.get("consumers")).isEmpty();
        assertThat(before.get("lag").asInt()).isEqualTo(1);
        assertThat(before.get("oldest_seconds").isIntegralNumber()).isTrue();
        assertThat(before.get("pending").isNull()).isTrue();
        assertThat(before.get("dead_letters").asInt()).isZero();
        assertThat(table.lines().get(1)).matches(topic + "  group +0 +1 +\\d+ +\\? +0");
        assertThat(table.err()).startsWith("carillon: ? means that the broker does not know the value");
        assertThat(plan.out()).contains("  2 events to be delivered again\n", "Nothing was moved.");
        assertThat(moved.exitCode()).isZero();
        assertThat(after.get("lag").asInt()).isEqualTo(3);
        assertThat(consume("--max", "3").run().lines()).hasSize(3);
    }

    @Test
    void topicsAreListedWithTheirSizesGroupsAndEventTypes() {
        for (JsonNode login : logins().subList(0, 3)) {
            assertThat(produce(login).run().exitCode()).isZero();
        }
        assertThat(consume("--from", "earliest", "--max", "1").run().lines()).hasSize(1);

        JsonNode listed = onKafka("topics", "--json").run().json().stream()
                .filter(each -> each.get("topic").asText().equals(topic))
                .findFirst()
                .orElseThrow();
        assertThat(listed.get("events").asInt()).isEqualTo(3);
        assertThat(listed.get("groups").toString()).isEqualTo("[\"group\"]");
        assertThat(listed.get("event_types").toString()).isEqualTo("{\"" + LOGIN + "\":3}");
    }

    private Result groups(String... more) {
        List<String> arguments = new ArrayList<>(List.of("groups", "-t", topic));
        arguments.addAll(List.of(more));
        return onKafka(arguments.toArray(String[]::new)).run();
    }

    private Result reset(String to, String... more) {
        List<String> arguments = new ArrayList<>(List.of("reset-group", "-t", topic, "-g", "group", "--to", to));
        arguments.addAll(List.of(more));
        return onKafka(arguments.toArray(String[]::new)).run();
    }

    @Test
    void theDoctorChecksKafkaAndTheRegistry() {
        assertThat(produce(logins().get(0)).run().exitCode()).isZero();
        assertThat(consume("--from", "earliest", "--max", "1").run().lines()).hasSize(1);

        Result healthy = onKafka("doctor", "-t", topic, "-g", "group").run();
        Result unavailable = onKafka("doctor", "-t", topic)
                .with("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1")
                .run();

        assertThat(healthy.exitCode()).isZero();
        assertThat(healthy.lines())
                .anyMatch(line -> line.matches("ok +connection +Kafka cluster \\S+ is reachable, with 1 broker"))
                .anyMatch(
                        line -> line.matches("ok +permissions +topic " + topic + ": can be published to and consumed"))
                .anyMatch(line -> line.matches("ok +permissions +group group: can be joined"))
                .anyMatch(line -> line.matches("ok +retention +.*"))
                .anyMatch(line -> line.matches("ok +registry +.*"))
                .anyMatch(line -> line.matches("ok +schemas +.*compatible with ours: 1"));
        assertThat(unavailable.exitCode()).isEqualTo(1);
        assertThat(unavailable.lines())
                .anyMatch(line ->
                        line.startsWith("problem  registry") && line.contains("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL"));
    }

    @Test
    void eventsAreReplayedByKeyAsOnRedis() {
        for (JsonNode login : logins().subList(0, 3)) {
            assertThat(produce(login).run().exitCode()).isZero();
        }
        String username = logins().get(1).at("/data/user/pii/username").asText();
        long ofKey = logins().subList(0, 3).stream()
                .filter(login -> login.at("/data/user/pii/username").asText().equals(username))
                .count();

        Result unknown = onKafka("replay", "-t", topic, "-g", "group").run();
        assertThat(consume("--from", "earliest", "--max", "1").run().lines()).hasSize(1);
        Result all = onKafka("replay", "-t", topic, "-g", "group", "--dry-run").run();
        Result one =
                onKafka("replay", "-t", topic, "-g", "group", "--key", username).run();
        Result none =
                onKafka("dead-letters", "list", "-t", topic, "-g", "group").run();

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("Topic " + topic + " has no group 'group'");
        assertThat(all.out()).isEqualTo("3 events of topic " + topic + " would be replayed to group group\n");
        assertThat(one.out()).startsWith(ofKey + " event").endsWith(" replayed to group group\n");
        assertThat(none.out()).isEqualTo("0 dead letters of group group of topic " + topic + "\n");
        Result retried = onKafka(
                        "consume-events",
                        "-t",
                        topic + "-group-retry",
                        "-g",
                        "reader",
                        "--from",
                        "earliest",
                        "--max",
                        Long.toString(ofKey),
                        "--show-pii")
                .run();
        assertThat(retried.json())
                .allMatch(event -> event.at("/data/user/pii/username").asText().equals(username));
    }

    @Test
    void anUnavailableBrokerLosesNoEvent() {
        JsonNode login = logins().get(0);

        Result result = produce(login)
                .with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("Kafka at 127.0.0.1:1 did not accept a message for topic " + topic)
                .contains("cannot connect")
                .contains("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(result.json().get(0).get("data")).isEqualTo(login.get("data"));
    }

    @Test
    void allWrongSettingsAreReportedAtOnceWithoutSecrets() {
        Result result = consume()
                .with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "host:port")
                .with("EVENT_BUS_KAFKA_API_KEY", "key")
                .with("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", "ftp://ada:sesame@host")
                .with("EVENT_BUS_KAFKA_CLIENT_CONFIG", "{group.id: other, acks: maybe}")
                .run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS must be servers such as host-1:9092,host-2:9092")
                .contains("EVENT_BUS_KAFKA_API_KEY and EVENT_BUS_KAFKA_API_SECRET must both be set or both be unset")
                .contains("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the address of a schema registry")
                .contains("EVENT_BUS_KAFKA_CLIENT_CONFIG must not contain 'group.id'")
                .contains("maybe")
                .doesNotContain("sesame");
    }

    @Test
    void theDemoDeliversEveryEventOnKafka() {
        Result result = carillon("demo", "--bus", "kafka", "--events", "300").run();

        assertThat(result.out()).contains("0 missing, 0 duplicated").endsWith("Every event arrived exactly once.\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void eventsAreCheckedAgainstTheRegistry() throws Exception {
        assertThat(produce(logins().get(0)).run().exitCode()).isZero();
        Result same =
                onKafka("events", "check", "--against", "registry", "-t", topic).run();
        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).isEmpty();
        assertThat(same.err()).contains("compatible with ours: 1").endsWith("carillon: 0 problems\n");

        String subject = topic + "-" + CREATED + ".CloudEvent";
        String older =
                carillon("events", "schema", CREATED).run().out().replace("\"name\": \"mode\"", "\"name\": \"kind\"");
        register(subject, older);
        Result changed =
                onKafka("events", "check", "--against", "registry", "-t", topic).run();

        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.out()).contains("subject " + subject).contains("mode");
    }

    private void register(String subject, String schema) throws Exception {
        String body = Json.object().put("schema", schema).toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
