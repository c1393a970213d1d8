package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administration on Kafka, beyond the transport contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaAdminTest {

    private static final String GROUP = "operated";
    private static final int LEARNERS = 30;
    private static final String OTHER_SCHEMA =
            "{\"type\": \"record\", \"name\": \"CloudEvent\", \"fields\": [{\"name\": \"step\", \"type\": \"long\"}]}";

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin kafka = bench.admin();
    private final Writer writer = new Writer(bench.settings());

    @AfterAll
    void closeWriter() {
        writer.close();
    }

    private static String topic() {
        return "steps-" + UUID.randomUUID();
    }

    private <T> T admin(Settings settings, Function<BusAdmin, T> work) {
        try (EventBus bus = EventBus.open(settings, Step.events("operator"), new KafkaTransportProvider());
                BusAdmin admin = bus.admin()) {
            return work.apply(admin);
        }
    }

    private <T> T admin(Function<BusAdmin, T> work) {
        return admin(bench.settings(), work);
    }

    private GroupState state(String topic) {
        List<GroupState> states = admin(admin -> admin.groups(List.of(topic)));
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    private List<Diagnostic> doctor(Settings settings, String topic) {
        return admin(settings, admin -> admin.check(List.of(topic), Optional.empty()));
    }

    /** Publishes one step of each learner, and lets the group consume them. */
    private void consumed(String topic, String group) {
        writer.round(topic, LEARNERS, 0);
        try (Member member = Member.of(bench.settings(), topic, group)) {
            member.awaitAcknowledged(LEARNERS);
        }
    }

    private void committed(String topic, String group, int partition, long offset) throws Exception {
        kafka.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    @Test
    void aForcedResetRemovesMembersWhichRejoinAtTheNewPosition() {
        String topic = topic();
        writer.round(topic, LEARNERS, 0);
        try (Member member = Member.of(bench.settings(), topic, GROUP)) {
            member.awaitAcknowledged(LEARNERS);

            admin(admin -> {
                admin.move(topic, GROUP, StartAt.earliest(), true);
                return "moved";
            });

            member.awaitSteps(2 * LEARNERS);
            assertThat(member.steps().subList(LEARNERS, 2 * LEARNERS))
                    .containsExactlyInAnyOrderElementsOf(member.steps().subList(0, LEARNERS));
        }
    }

    @Test
    void aResetToAPositionChangesOnlyItsPartition() {
        String topic = topic();
        consumed(topic, GROUP);
        GroupState before = state(topic);

        GroupMove plan = admin(admin -> admin.plan(topic, GROUP, StartAt.after("1:0")));
        admin(admin -> {
            admin.move(topic, GROUP, StartAt.after("1:0"), false);
            return "moved";
        });

        String[] positions = before.position().split(" ", -1);
        assertThat(positions).hasSize(3);
        assertThat(plan.from()).isEqualTo(before.position());
        assertThat(plan.to()).isEqualTo(positions[0] + " 1:0 " + positions[2]);
        assertThat(state(topic).position()).isEqualTo(plan.to());
        assertThat(state(topic).lag()).isEqualTo(plan.redelivered()).isNotEqualTo(OptionalLong.of(0));
    }

    @Test
    void aResetBeyondTheEndIsRejected() {
        String topic = topic();
        consumed(topic, GROUP);

        for (String position : List.of("1:4711", "3:0")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> admin(admin -> admin.plan(topic, GROUP, StartAt.after(position))))
                    .withMessageContaining("Topic " + topic + " has no message at " + position + " yet");
        }
    }

    @Test
    void lagIncludesAddedPartitions() throws Exception {
        String topic = topic();
        consumed(topic, GROUP);
        kafka.createPartitions(Map.of(topic, NewPartitions.increaseTo(6))).all().get();
        try (Writer fresh = new Writer(bench.settings())) {
            fresh.round(topic, LEARNERS, 1);
        }

        GroupState state = state(topic);

        assertThat(state.lag()).hasValue(LEARNERS);
        assertThat(state.length()).isEqualTo(2 * LEARNERS);
    }

    @Test
    void lagIsUnknownForForeignGroupsWithoutACommit() throws Exception {
        String topic = topic();
        writer.round(topic, LEARNERS, 0);
        committed(topic, "foreign", 1, 1);

        GroupState state = state(topic);

        assertThat(state.lag()).isEmpty();
        assertThat(state.position()).isEqualTo("0:? 1:0 2:?");
    }

    @Test
    void checkFailsWhenRetentionDeletesUnprocessedEvents() throws Exception {
        String topic = topic();
        consumed(topic, GROUP);
        writer.round(topic, LEARNERS, 1);
        kafka.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))))
                .all()
                .get();

        // the broker applies the configuration a little later than the controller
        await("the check to fail")
                .atMost(Member.TIMEOUT)
                .untilAsserted(() -> assertThat(doctor(bench.settings(), topic))
                        .filteredOn(check -> check.subject().equals("retention"))
                        .singleElement()
                        .satisfies(check -> assertThat(check.status()).isEqualTo(Diagnostic.Status.FAILED))
                        .satisfies(check -> assertThat(check.detail())
                                .contains("group " + GROUP + " in topic " + topic, "leave it unprocessed"))
                        .satisfies(
                                check -> assertThat(check.hint().orElseThrow()).contains("retention.ms")));
    }

    @Test
    void checkCountsEventsDeletedBeforeTheyWereProcessed() throws Exception {
        String topic = topic();
        writer.round(topic, LEARNERS, 0);
        for (int partition = 0; partition < 3; partition++) {
            committed(topic, "slow", partition, 0);
        }
        kafka.deleteRecords(Map.of(new TopicPartition(topic, 1), RecordsToDelete.beforeOffset(2)))
                .all()
                .get();

        assertThat(doctor(bench.settings(), topic))
                .filteredOn(check -> check.subject().equals("retention"))
                .singleElement()
                .satisfies(check -> assertThat(check.detail())
                        .startsWith("group slow in topic " + topic + ": 2 events left the topic"));
        assertThat(state(topic).lag()).hasValue(LEARNERS - 2);
    }

    @Test
    void checkWarnsAboutAMissingTopicAndDoesNotCreateIt() {
        String topic = topic();

        assertThat(doctor(bench.settings(), topic)).anySatisfy(check -> {
            assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING);
            assertThat(check.detail()).startsWith("topic " + topic + " does not exist");
        });
        List<String> topics = admin(BusAdmin::topics);
        assertThat(topics).doesNotContain(topic);
    }

    @Test
    void checkNamesIncompatibleSchemas() throws Exception {
        String topic = topic();
        String subject = topic + "-" + Step.TAKEN.eventType() + ".CloudEvent";
        SettingsReader reader = new SettingsReader(bench.settings());
        try (SchemaRegistry registry = KafkaTransport.registry(KafkaSettings.read(reader, Optional.empty()))) {
            registry.idOf(subject, OTHER_SCHEMA);
        }
        Settings publishing = bench.settings()
                .with(
                        ProducerConfig.SETTING,
                        Map.of(
                                Step.TAKEN.eventType(),
                                Map.of(topic, Map.of("event_key_field", Step.KEY, "enabled", true))));

        List<Diagnostic> consuming = doctor(bench.settings(), topic);
        compatibility(subject, "BACKWARD");
        List<Diagnostic> rejected = doctor(publishing, topic);

        assertThat(consuming)
                .filteredOn(check -> check.subject().equals("schemas"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING))
                .satisfies(check -> assertThat(check.detail()).contains("are incompatible", "step"));
        assertThat(rejected)
                .filteredOn(check -> check.subject().equals("schemas"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Diagnostic.Status.FAILED))
                .satisfies(check -> assertThat(check.detail()).contains("will reject our schema", "step"));
    }

    private void compatibility(String subject, String level) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bench.registry().url() + "/config/" + subject))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\": \"" + level + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void checkIncludesTheRegistryEvenIfTheBrokerIsDown() {
        List<Diagnostic> checks = doctor(
                bench.settings(Map.of("default.api.timeout.ms", 1_000))
                        .with(KafkaSettings.BOOTSTRAP_SERVERS, "127.0.0.1:1"),
                topic());

        assertThat(checks).extracting(Diagnostic::subject).contains("connection", "registry");
        assertThat(checks)
                .filteredOn(check -> check.status() == Diagnostic.Status.FAILED)
                .singleElement()
                .satisfies(check -> assertThat(check.detail())
                        .contains("127.0.0.1:1", "cannot connect", KafkaSettings.BOOTSTRAP_SERVERS));
    }
}
