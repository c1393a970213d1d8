package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages are deleted before a group has read them; several members of the group read one after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrimmedTopicTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();
    private final Writer writer = new Writer(bench.settings());

    @AfterAll
    void closeWriter() {
        writer.close();
    }

    private void create(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();
    }

    private void deleteBefore(String topic, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    /** Publishes thirty messages; returns settings for a member that prefetches as few of them as possible. */
    private Settings publishThirty(String topic) throws Exception {
        create(topic);
        for (int step = 0; step < 30; step++) {
            writer.round(topic, 1, step);
        }
        return bench.settings(Map.of("max.partition.fetch.bytes", 1, "max.poll.records", 1));
    }

    private static void readUntilLoss(SourceBench member, List<IncomingMessage> read) {
        await("the loss").atMost(Member.TIMEOUT).until(() -> {
            read.addAll(member.source().poll(1, Duration.ofMillis(50)));
            return !member.incidents().isEmpty();
        });
    }

    private static List<String> positions(List<IncomingMessage> messages) {
        return messages.stream().map(message -> message.position().toString()).toList();
    }

    @Test
    void aLossIsReportedOnceEvenIfTheFirstMemberAcknowledgesNothing() throws Exception {
        create("idle");
        writer.round("idle", 10, 0);
        try (SourceBench first = new SourceBench(bench.settings(), "idle", "trimmed-readers")) {
            first.source().acknowledge(first.read(10));
        }
        writer.round("idle", 20, 1);
        deleteBefore("idle", 25);

        try (SourceBench second = new SourceBench(bench.settings(), "idle", "trimmed-readers")) {
            second.read(5);
            assertThat(second.incidents()).singleElement().satisfies(incident -> {
                assertThat(incident.kind()).isEqualTo(GroupIncident.Kind.TRIMMED);
                assertThat(incident.messages()).isEqualTo(15);
            });
        }
        try (SourceBench third = new SourceBench(bench.settings(), "idle", "trimmed-readers")) {
            assertThat(positions(third.read(5))).containsExactly("0:25", "0:26", "0:27", "0:28", "0:29");
            assertThat(third.incidents()).isEmpty();
        }
    }

    @Test
    void theNextMemberReportsLostMessagesInFlightWithoutTheGap() throws Exception {
        Settings oneByOne = publishThirty("busy");
        List<IncomingMessage> read = new ArrayList<>();
        long reportedFirst;
        try (SourceBench first = new SourceBench(oneByOne, "busy", "trimmed-readers")) {
            read.addAll(first.read(10));
            deleteBefore("busy", 25);
            readUntilLoss(first, read);
            reportedFirst = first.incidents().get(0).messages();
            assertThat(reportedFirst).isBetween(10L, 15L);

            first.source().acknowledge(read.subList(0, 5));
        }
        deleteBefore("busy", 27);

        try (SourceBench second = new SourceBench(oneByOne, "busy", "trimmed-readers")) {
            assertThat(positions(second.read(3))).containsExactly("0:27", "0:28", "0:29");
            assertThat(second.incidents()).singleElement().satisfies(incident -> {
                assertThat(incident.kind()).isEqualTo(GroupIncident.Kind.TRIMMED);
                assertThat(incident.messages()).isEqualTo(27 - 5 - reportedFirst);
            });
        }
        try (SourceBench third = new SourceBench(oneByOne, "busy", "trimmed-readers")) {
            assertThat(positions(third.read(3))).containsExactly("0:27", "0:28", "0:29");
            assertThat(third.incidents()).isEmpty();
        }
    }

    @Test
    void theOffsetPassesAGapOnceEverythingBeforeItIsProcessed() throws Exception {
        Settings oneByOne = publishThirty("passed");
        try (SourceBench first = new SourceBench(oneByOne, "passed", "trimmed-readers")) {
            List<IncomingMessage> read = new ArrayList<>(first.read(10));
            deleteBefore("passed", 25);
            readUntilLoss(first, read);

            first.source()
                    .acknowledge(read.stream()
                            .filter(message -> RecordPosition.of(message).offset() < 25)
                            .toList());
        }

        OffsetAndMetadata committed = Objects.requireNonNull(admin.listConsumerGroupOffsets("trimmed-readers")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition("passed", 0)));
        assertThat(committed.offset()).isEqualTo(25);
    }
}
