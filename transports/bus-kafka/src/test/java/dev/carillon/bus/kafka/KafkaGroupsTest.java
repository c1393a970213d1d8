package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.events.Events;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is specific to Kafka: rebalances, added partitions, offset resets, and records that are not events. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaGroupsTest {

    private static final int LEARNERS = 30;

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();
    private final Writer writer = new Writer(bench.settings());
    private final String topic = "steps-" + UUID.randomUUID();

    @AfterAll
    void closeWriter() {
        writer.close();
    }

    private String topic(String name) {
        return name + "-" + topic;
    }

    @Test
    void joiningAndLeavingMembersLoseNothingAndKeepKeyOrder() {
        String topic = topic("rebalance");
        ConsumerOptions options =
                Member.FROM_THE_START.withMaxInFlight(50).withBatchSize(20).withConcurrency(4);
        List<Step> received = new ArrayList<>();
        long number = 0;
        writer.round(topic, LEARNERS, number);
        try (Member remaining = Member.of(bench.settings(), topic, "group", options)) {
            remaining.awaitSteps(LEARNERS);
            for (int cycle = 0; cycle < 4; cycle++) {
                List<Step> ofJoining;
                try (Member joining = Member.of(bench.settings(), topic, "group", options)) {
                    ofJoining = joining.steps();
                    while (ofJoining.size() < 200) {
                        writer.round(topic, LEARNERS, ++number);
                    }
                }
                assertInOrder(ofJoining);
                received.addAll(ofJoining);
            }
            int all = LEARNERS * (int) (number + 1);
            await("all steps").atMost(Member.TIMEOUT).until(() -> {
                HashSet<Step> seen = new HashSet<>(received);
                seen.addAll(remaining.steps());
                return seen.size() == all;
            });
            assertInOrder(remaining.steps());
        }
    }

    /** Steps may be redelivered; but no step arrives for the first time after a later one of the same learner. */
    private static void assertInOrder(List<Step> steps) {
        Map<String, Long> newest = new HashMap<>();
        for (Step step : new LinkedHashSet<>(steps)) {
            assertThat(step.number()).isGreaterThan(newest.getOrDefault(step.learner(), -1L));
            newest.put(step.learner(), step.number());
        }
    }

    @Test
    void aBurstIntoANewTopicArrivesInOrder() {
        for (int burst = 0; burst < 5; burst++) {
            String topic = topic("burst-" + burst);
            List<CompletableFuture<String>> sends = new ArrayList<>();
            for (int number = 0; number < 2_000; number++) {
                sends.add(writer.send(topic, new Step("learner-" + number % LEARNERS, number)));
            }
            assertThat(sends).allSatisfy(send -> assertThat(send).succeedsWithin(Member.TIMEOUT));
            try (Member member = Member.of(bench.settings(), topic, "group")) {
                assertInOrder(member.awaitSteps(2_000).steps());
            }
        }
    }

    @Test
    void aRevokedPartitionWaitsForRunningReceivers() throws Exception {
        String topic = topic("revoked");
        writer.round(topic, 6, 0);
        CountDownLatch release = new CountDownLatch(1);
        Events slow = Step.events("slow");
        slow.connect(Step.TAKEN, event -> release.await());
        try (Member first = Member.of(bench.settings(), slow, topic, "group", Member.FROM_THE_START)) {
            await("all messages to be received")
                    .atMost(Member.TIMEOUT)
                    .until(() -> first.counts().received() == 6);
            try (Member second = Member.of(bench.settings(), topic, "group")) {
                release.countDown();
                first.awaitAcknowledged(1);
                await("all steps")
                        .atMost(Member.TIMEOUT)
                        .until(() -> first.steps().size() + second.steps().size() >= 6);

                List<Step> received = new ArrayList<>(first.steps());
                received.addAll(second.steps());
                assertThat(received).doesNotHaveDuplicates().hasSize(6);
            }
        }
    }

    @Test
    void aSlowReceiverKeepsItsMembership() throws Exception {
        String topic = topic("slow");
        writer.round(topic, 3, 0);
        CountDownLatch release = new CountDownLatch(1);
        Events slow = Step.events("slow");
        slow.connect(Step.TAKEN, event -> release.await());
        var settings = bench.settings(Map.of("max.poll.interval.ms", 2_500, "heartbeat.interval.ms", 300));
        try (Member member = Member.of(settings, slow, topic, "group", Member.FROM_THE_START.withMaxInFlight(1))) {
            await("one message to be received")
                    .atMost(Member.TIMEOUT)
                    .until(() -> member.counts().received() == 1);
            Instant later = Clock.systemUTC().instant().plusMillis(5_000);
            await("two poll intervals to pass")
                    .atMost(Member.TIMEOUT)
                    .until(() -> Clock.systemUTC().instant().isAfter(later));
            assertThat(admin.describeConsumerGroups(List.of("group"))
                            .describedGroups()
                            .values()
                            .iterator()
                            .next()
                            .get()
                            .members())
                    .isNotEmpty();
            release.countDown();

            member.awaitAcknowledged(3);
            assertThat(member.steps()).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void addedPartitionsLoseNothingForAGroupThatStartedAtTheEnd() throws Exception {
        String topic = topic("partitions-added");
        writer.round(topic, LEARNERS, 0);
        int seen;
        try (Member member = Member.of(bench.settings(), topic, "late", ConsumerOptions.defaults())) {
            await("some steps").atMost(Member.TIMEOUT).until(() -> {
                writer.round(topic, LEARNERS, 1);
                return member.steps().size() >= LEARNERS;
            });
            seen = member.steps().size();
        }
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(12)))
                .all()
                .get();
        try (Writer fresh = new Writer(bench.settings())) {
            fresh.round(topic, LEARNERS, 2);
            fresh.round(topic, LEARNERS, 3);
        }

        try (Member member = Member.of(bench.settings(), topic, "late", ConsumerOptions.defaults())) {
            Supplier<List<Step>> later = () ->
                    member.steps().stream().filter(step -> step.number() > 1).toList();
            await("all later steps")
                    .atMost(Member.TIMEOUT)
                    .until(() -> later.get().size() >= 2 * LEARNERS);

            assertThat(seen).isPositive();
            assertThat(later.get()).hasSize(2 * LEARNERS);
            assertThat(member.steps()).noneMatch(step -> step.number() == 0);
        }
    }

    @Test
    void messagesTrimmedBeforeTheyWereReadAreReported() throws Exception {
        String topic = topic("trimmed");
        writer.round(topic, LEARNERS, 0);
        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitAcknowledged(LEARNERS);
        }
        List<String> positions = writer.round(topic, LEARNERS, 1);
        Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
        positions.stream()
                .map(RecordPosition::parse)
                .forEach(position -> before.merge(
                        new TopicPartition(topic, position.partition()),
                        RecordsToDelete.beforeOffset(position.offset() + 1),
                        (one, other) -> one.beforeOffset() > other.beforeOffset() ? one : other));
        admin.deleteRecords(before).all().get();
        writer.round(topic, LEARNERS, 2);

        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitSteps(LEARNERS);

            assertThat(member.steps()).hasSize(LEARNERS).allMatch(step -> step.number() == 2);
            assertThat(member.incidents())
                    .isNotEmpty()
                    .allMatch(incident -> incident.kind() == GroupIncident.Kind.TRIMMED);
            assertThat(member.incidents().stream()
                            .mapToLong(GroupIncident::messages)
                            .sum())
                    .isEqualTo(LEARNERS);
        }
    }

    @Test
    void offsetTimeMovesTheGroupAndStops() {
        String topic = topic("moved");
        writer.round(topic, LEARNERS, 0);
        Instant between = Clock.systemUTC().instant().plusMillis(5).truncatedTo(ChronoUnit.MILLIS);
        await("the clock to move on").until(() -> Clock.systemUTC().instant().isAfter(between));
        writer.round(topic, LEARNERS, 1);
        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitAcknowledged(2 * LEARNERS);
            assertThatThrownBy(() -> move(topic, "group", between))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot move group group to " + between)
                    .hasMessageContaining("it has active members that read " + topic + "; stop them first");
        }

        assertThat(move(topic, "group", between)).isEqualTo(StopReason.GROUP_MOVED);

        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitAcknowledged(LEARNERS);
            assertThat(member.steps()).hasSize(LEARNERS).allMatch(step -> step.number() == 1);
        }
    }

    private StopReason move(String topic, String group, Instant time) {
        try (EventBus bus = EventBus.open(bench.settings(), Step.events("mover"), new KafkaTransportProvider())) {
            return bus.consumer(
                            List.of(topic),
                            group,
                            ConsumerOptions.defaults().withExtra(Map.of("offset_time", time.toString())))
                    .run();
        }
    }

    @Test
    void anUnknownOptionIsNamed() {
        try (EventBus bus = EventBus.open(bench.settings(), Step.events("reader"), new KafkaTransportProvider())) {
            var consumer = bus.consumer(
                    List.of("topic"),
                    "group",
                    ConsumerOptions.defaults().withExtra(Map.of("ofset_time", "2024-01-02")));

            assertThatThrownBy(consumer::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Unknown extra option 'ofset_time' of value '2024-01-02'")
                    .hasMessageContaining("'offset_time'");
        }
    }

    @Test
    void undecodableRecordsAreSkippedAndCounted() throws Exception {
        String topic = topic("undecodable");
        writer.round(topic, 1, 0);
        send(topic, null);
        send(topic, new byte[] {1, 2, 3});
        send(topic, new byte[] {7, 0, 0, 0, 1, 2});
        send(topic, new byte[] {0, 0, 15, 66, 63, 2});
        send(topic, new byte[] {0, -1, -1, -1, -1}); // schema id 4294967295
        send(topic, new byte[] {0, 0, 0, 0, 0});
        writer.round(topic, 1, 1);

        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitAcknowledged(8);

            assertThat(member.steps()).containsExactlyInAnyOrder(new Step("learner-0", 0), new Step("learner-0", 1));
            assertThat(member.counts().undecodable()).isEqualTo(6);
        }
    }

    @Test
    void aMessageWithoutIdOrTypeIsUndecodable() throws Exception {
        String topic = topic("incomplete");
        writer.round(topic, 1, 0);
        try (KafkaProducer<byte[], byte[]> producer = plain()) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, new byte[] {0, 0, 0, 0, 1, 2});
            record.headers()
                    .add(new RecordHeader(
                            "ce_type", Step.TAKEN.eventType().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            producer.send(record).get();
            producer.send(new ProducerRecord<>(topic, new byte[] {0, 0, 0, 0, 1, 2}))
                    .get();
        }

        try (Member member = Member.of(bench.settings(), topic, "group")) {
            member.awaitAcknowledged(3);

            assertThat(member.counts().undecodable()).isEqualTo(2);
        }
    }

    private KafkaProducer<byte[], byte[]> plain() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bench.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends a record with the headers of a step. */
    private void send(String topic, byte @Nullable [] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = plain()) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
            KafkaHeaders.NAMES
                    .write(Step.events("other-producer").newMetadata(Step.TAKEN))
                    .forEach(header -> record.headers().add(header.name(), header.value()));
            producer.send(record).get();
        }
    }
}
