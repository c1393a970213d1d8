package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.WithRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands print personal data only with {@code --show-pii}, also when a key, a cause or a wrong field contains them. */
@WithRedis
class PersonalDataInCommandsTest {

    private static final String EMAIL = "ada@example.org";
    private static final String USERNAME = "ada\\u001b[2Jlovelace";
    private static final String DATA = "{\"user\": {\"id\": 7, \"is_active\": true, \"pii\": {\"username\": \""
            + USERNAME + "\", \"email\": \"" + EMAIL + "\", \"name\": \"Ada King\"}}}";

    private Topic topic;
    private EventBus bus;
    private EventConsumer consumer;
    private Thread thread;

    @BeforeEach
    void startConsumerThatQuotesPersonalDataWhenItFails(EmbeddedRedis redis) {
        topic = new Topic(redis);
        Events events = Events.create("audit");
        events.connect(
                LearningSignals.SESSION_LOGIN_COMPLETED,
                event -> {
                    throw new IllegalStateException(
                            "no account for " + event.data().pii().email());
                },
                ReceiverOptions.id("auditor"));
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> {}, ReceiverOptions.id("printer"));
        bus = EventBus.open(
                Settings.of(Map.of(
                        "EVENT_BUS_REDIS_CONNECTION_URL",
                        redis.url(),
                        "EVENT_BUS_PRODUCER_CONFIG",
                        Map.of(
                                LearningSignals.SESSION_LOGIN_COMPLETED.eventType(),
                                Map.of(
                                        topic.name(),
                                        Map.of("event_key_field", "user.pii.username", "enabled", true))))),
                events);
        consumer = bus.consumer(
                List.of(topic.name()),
                "audit",
                ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withRetries(RetryPolicy.none()));
        thread = new Thread(consumer::run, "audit");
        thread.start();
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        bus.close();
        thread.join();
        topic.close();
    }

    private void await(int acknowledged) {
        Awaitility.await().until(() -> consumer.counts().acknowledged() == acknowledged);
    }

    private Result deadLetters(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("dead-letters", command, "-t", topic.name(), "-g", "audit"));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new)).run();
    }

    private void produce() {
        Result produced = topic.carillon(
                        "produce-event",
                        "--signal",
                        LearningSignals.SESSION_LOGIN_COMPLETED.eventType(),
                        "--topic",
                        topic.name(),
                        "--key-field",
                        "user.pii.username",
                        "--data",
                        DATA)
                .run();
        assertThat(produced.exitCode()).as(produced.err()).isZero();
    }

    @Test
    void keyAndCauseOfADeadLetterAreMasked() {
        produce();
        await(1);

        for (Result masked : List.of(deadLetters("list"), deadLetters("list", "--json"), deadLetters("show"))) {
            assertThat(masked.exitCode()).as(masked.err()).isZero();
            assertThat(masked.out() + masked.err())
                    .containsPattern("key#[0-9a-f]{6}")
                    .doesNotContain("lovelace", EMAIL, "King", "\u001b");
        }
        JsonNode shown = deadLetters("show").json().get(0);
        assertThat(shown.get("message").asText()).isEqualTo("no account for ***");
        String digest = shown.get("key").asText();
        assertThat(deadLetters("list", "--json", "--key", digest).json()).hasSize(1);
        assertThat(deadLetters("list", "--json", "--key", "key#000000").json()).isEmpty();
    }

    @Test
    void withShowPiiPersonalDataAreExactInJsonAndEscapedInText() {
        produce();
        await(1);

        JsonNode whole = deadLetters("show", "--show-pii").json().get(0);
        assertThat(whole.get("key").asText()).isEqualTo("ada\u001b[2Jlovelace");
        assertThat(whole.get("message").asText()).isEqualTo("no account for " + EMAIL);
        assertThat(deadLetters("list", "--show-pii").out())
                .contains("ada\\u001b[2Jlovelace")
                .doesNotContain("\u001b");
    }

    @Test
    void anUndecodableMessageDoesNotQuotePersonalDataInItsCause() {
        JsonNode vector = Conformance.lines("vectors.jsonl").stream()
                .filter(each ->
                        each.has("redis") && eventType(each).equals(LearningSignals.CERTIFICATE_CREATED.eventType()))
                .findFirst()
                .orElseThrow();
        topic.addRecorded(vector, "library-v1:", "eve@x.organ");
        await(1);

        Result list = deadLetters("list", "--json");
        assertThat(list.json()).singleElement().satisfies(deadLetter -> {
            assertThat(deadLetter.get("kind").asText()).isEqualTo("undecodable");
            assertThat(deadLetter.get("message").asText())
                    .contains("course_key", "must be a course key, but is text of ");
        });
        assertThat(list.out() + deadLetters("list").out() + deadLetters("show").out())
                .doesNotContain("eve@x.organ");
    }

    private static String eventType(JsonNode vector) {
        return new String(
                HexFormat.of().parseHex(vector.get("redis").get("type").asText()), StandardCharsets.UTF_8);
    }
}
