package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letter and retry topics that an administrator created; and valid topic names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupTopicsTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();

    private void create(String topic, Map<String, String> configuration) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(configuration)))
                .all()
                .get();
        await("the broker to know the new topic")
                .atMost(Member.TIMEOUT)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> !admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get()
                                .isEmpty()
                        && !admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                                .all()
                                .get()
                                .isEmpty());
    }

    private List<Diagnostic> check(String topic, String group) {
        try (EventBus bus = EventBus.open(bench.settings(), Step.events("operator"), new KafkaTransportProvider());
                BusAdmin operator = bus.admin()) {
            return operator.check(List.of(topic), Optional.of(group)).stream()
                    .filter(check -> check.detail().contains(group))
                    .filter(check -> check.subject().equals("retention"))
                    .toList();
        }
    }

    @Test
    void aConsumerDoesNotStartWhileItsDeadLettersWouldExpire() throws Exception {
        create("steps-expiring-dlq", Map.of("cleanup.policy", "delete", "retention.ms", "604800000"));
        try (Writer writer = new Writer(bench.settings())) {
            writer.round("steps", 2, 0);
        }

        assertThat(check("steps", "expiring")).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Diagnostic.Status.FAILED);
            assertThat(check.detail()).contains("topic steps-expiring-dlq has cleanup.policy=delete");
            assertThat(check.hint().orElseThrow())
                    .contains("--entity-name steps-expiring-dlq --add-config cleanup.policy=compact");
        });
        try (Member member = Member.of(bench.settings(), "steps", "expiring")) {
            await("the consumer to refuse to start")
                    .atMost(Member.TIMEOUT)
                    .until(() -> member.counts().brokerErrors() > 1);
            assertThat(member.steps()).isEmpty();

            setCleanupPolicy("steps-expiring-dlq", "compact");

            member.awaitSteps(2);
        }
        assertThat(check("steps", "expiring")).isEmpty();
    }

    @Test
    void aDeadLetterTopicWhoseMessagesBeginToExpireIsNoLongerUsed() throws Exception {
        String topic = "changed-group-dlq";
        RawMessage message = new RawMessage(List.of(), null, new byte[] {1});
        try (KafkaStore store = storeThatAlwaysChecks()) {
            store.put(topic, "1", null, message);

            setCleanupPolicy(topic, "delete");

            await("the store to refuse the topic")
                    .atMost(Member.TIMEOUT)
                    .untilAsserted(() -> assertThatThrownBy(() -> store.put(topic, "2", null, message))
                            .isInstanceOf(TransportException.class)
                            .hasMessageContaining("topic " + topic + " has cleanup.policy=delete")
                            .hasMessageContaining("--add-config cleanup.policy=compact"));
            setCleanupPolicy(topic, "compact");
            await("the store to use the topic again")
                    .atMost(Member.TIMEOUT)
                    .ignoreExceptionsInstanceOf(TransportException.class)
                    .until(() -> !store.put(topic, "2", null, message).isEmpty());
        }
    }

    private void setCleanupPolicy(String topic, String policy) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private KafkaStore storeThatAlwaysChecks() {
        KafkaSettings settings = KafkaSettings.read(new SettingsReader(bench.settings()), Optional.empty());
        KafkaExceptionTranslator exceptions = new KafkaExceptionTranslator(settings.servers());
        return new KafkaStore(settings, new GroupTopicCreator(settings.admin(), exceptions, Duration.ZERO), exceptions);
    }

    @Test
    void aTopicWithoutRetentionLimitKeepsDeadLetters() throws Exception {
        create("endless-keepers-dlq", Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        try (Writer writer = new Writer(bench.settings());
                Member member = Member.of(bench.settings(), "endless", "keepers")) {
            writer.round("endless", 2, 0);

            member.awaitSteps(2);
        }
    }

    @Test
    void checkWarnsAboutARetryTopicWithAShorterRetentionThanItsTopic() throws Exception {
        create("short", Map.of("retention.ms", "172800000"));
        create("short-lossy-retry", Map.of("retention.ms", "3600000"));
        create("short-safe-retry", Map.of("retention.ms", "172800000"));

        assertThat(check("short", "lossy")).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING);
            assertThat(check.detail()).contains("topic short-lossy-retry keeps events for 3600 s");
            assertThat(check.hint().orElseThrow()).contains("172800 s");
        });
        assertThat(check("short", "safe")).isEmpty();
    }

    @Test
    void checkWarnsAboutTopicsTooSmallForDeadLettersOfTheLargestEvents() throws Exception {
        create("large", Map.of("max.message.bytes", "4000000"));
        create("large-narrow-dlq", Map.of("max.message.bytes", "2000000", "cleanup.policy", "compact"));
        create("large-narrow-retry", Map.of());
        create("large-wide-dlq", Map.of("max.message.bytes", "16777216", "cleanup.policy", "compact"));
        create("large-wide-retry", Map.of("max.message.bytes", "4000000"));

        List<Diagnostic> narrow = sizes(bench.settings(), "large", "narrow");

        assertThat(narrow).hasSize(2).allMatch(check -> check.status() == Diagnostic.Status.WARNING);
        assertThat(narrow)
                .anySatisfy(check -> {
                    assertThat(check.detail())
                            .contains("topic large-narrow-dlq accepts messages of up to 2000000 bytes")
                            .contains("max.message.bytes of the topic")
                            .contains("topic large of up to 4000000 bytes");
                    assertThat(check.hint().orElseThrow())
                            .contains("--entity-name large-narrow-dlq --add-config max.message.bytes=16777216");
                })
                .anySatisfy(check -> assertThat(check.detail())
                        .contains("topic large-narrow-retry accepts messages of up to")
                        .contains("message.max.bytes of the broker"));
        assertThat(sizes(bench.settings(), "large", "wide")).isEmpty();
    }

    @Test
    void checkWarnsAboutAProducerLimitBelowTheLimitOfItsTopic() throws Exception {
        create("published", Map.of("max.message.bytes", "4000000"));
        create("ordinary", Map.of());
        Settings publishing = publishing(Map.of(), "published");

        assertThat(sizes(publishing, "published", "readers")).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING);
            assertThat(check.detail())
                    .contains("topic published accepts messages of up to 4000000 bytes")
                    .contains("at most 1048576 bytes");
            assertThat(check.hint().orElseThrow())
                    .contains("set max.request.size in EVENT_BUS_KAFKA_CLIENT_CONFIG to 4000000");
        });
        assertThat(sizes(bench.settings(), "published", "readers")).isEmpty();
        assertThat(sizes(publishing(Map.of("max.request.size", 4_000_000), "published"), "published", "readers"))
                .isEmpty();
        assertThat(sizes(publishing(Map.of(), "ordinary"), "ordinary", "readers"))
                .isEmpty();
    }

    private Settings publishing(Map<String, Object> clientConfig, String topic) {
        return bench.settings(clientConfig)
                .with(
                        ProducerConfig.SETTING,
                        Map.of(
                                Step.TAKEN.eventType(),
                                Map.of(topic, Map.of("event_key_field", Step.KEY, "enabled", true))));
    }

    private static List<Diagnostic> sizes(Settings settings, String topic, String group) {
        try (EventBus bus = EventBus.open(settings, Step.events("operator"), new KafkaTransportProvider());
                BusAdmin operator = bus.admin()) {
            return operator.check(List.of(topic), Optional.of(group)).stream()
                    .filter(check -> check.subject().equals("message size"))
                    .toList();
        }
    }

    @Test
    void invalidTopicNamesAreRejectedAtOnce() {
        for (String topic : List.of("learning/certificate", "a".repeat(250), "topic\n", "..")) {
            try (Writer writer = new Writer(bench.settings())) {
                assertThatThrownBy(() -> writer.send(topic, new Step("ada", 0)).join())
                        .hasRootCauseInstanceOf(IllegalArgumentException.class)
                        .hasStackTraceContaining(UnpublishableException.class.getName())
                        .hasStackTraceContaining("it must be 1 to 249 letters, digits");
            }
            assertThatThrownBy(() -> consume(topic, "group"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            topic.contains("\n") ? "must not contain a line break" : "Invalid Kafka topic name")
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> consume("topic", "team/badges"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid Kafka topic name 'topic-team/badges-");
        assertThatThrownBy(() -> consume("t".repeat(120), "g".repeat(125)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<topic>-<group>-dlq and <topic>-<group>-retry");
    }

    private void consume(String topic, String group) {
        try (EventBus bus = EventBus.open(bench.settings(), Step.events("reader"), new KafkaTransportProvider())) {
            bus.consumer(List.of(topic), group, ConsumerOptions.defaults()).run();
        }
    }
}
