package dev.carillon.cli;

import static dev.carillon.cli.Cli.carillon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.testkit.WithKafka;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands on Kafka: the same options, the same output. */
@WithKafka
class KafkaCommandsTest {

    private static final String LOGIN = "org.openedx.learning.auth.session.login.completed.v1";

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
        List<String> arguments = new java.util.ArrayList<>(List.of(
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
        List<String> arguments = new java.util.ArrayList<>(List.of("consume-events", "-t", topic, "-g", "group"));
        arguments.addAll(List.of(more));
        return onKafka(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> logins() {
        return Conformance.lines("vectors.jsonl").stream()
                .filter(vector -> vector.get("event_type").asText().equals(LOGIN))
                .toList();
    }

    @Test
    void anEventThatIsProducedIsConsumed() {
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
        assertThat(moved.err()).isEqualTo("carillon: group group is where --extra wants it\n");
        assertThat(consume("--max", "3").run().lines()).hasSize(3);
    }

    @Test
    void aBrokerThatIsAwayCostsTheEventNothing() {
        JsonNode login = logins().get(0);

        Result result = produce(login)
                .with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                .run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("Kafka at 127.0.0.1:1 did not take a message for topic " + topic)
                .contains("cannot connect")
                .contains("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(result.json().get(0).get("data")).isEqualTo(login.get("data"));
    }

    @Test
    void wrongSettingsAreToldAllAtOnceAndWithoutSecrets() {
        Result result = consume()
                .with("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "host:port")
                .with("EVENT_BUS_KAFKA_API_KEY", "key")
                .with("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", "ftp://ada:sesame@host")
                .with("EVENT_BUS_KAFKA_CLIENT_CONFIG", "{group.id: other, acks: maybe}")
                .run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS must be servers such as host-1:9092,host-2:9092")
                .contains("EVENT_BUS_KAFKA_API_KEY and EVENT_BUS_KAFKA_API_SECRET must be set both or neither")
                .contains("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the address of a schema registry")
                .contains("EVENT_BUS_KAFKA_CLIENT_CONFIG must not hold 'group.id'")
                .contains("maybe")
                .doesNotContain("sesame");
    }

    @Test
    void theDemoDeliversEverythingOnKafka() {
        Result result = carillon("demo", "--bus", "kafka", "--events", "300").run();

        assertThat(result.out()).contains("0 missing, 0 doubled").endsWith("Every event arrived once.\n");
        assertThat(result.exitCode()).isZero();
    }
}
