package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Position;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A partition is revoked while messages of it are in flight. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokedPartitionTest {

    private static final int LEARNERS = 40;

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private final Admin admin = bench.admin();

    /** Publishes one step of each learner to two partitions; returns their positions. */
    private List<RecordPosition> fill(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                .all()
                .get();
        try (Writer writer = new Writer(bench.settings())) {
            return writer.round(topic, LEARNERS, 0).stream()
                    .map(RecordPosition::parse)
                    .toList();
        }
    }

    @Test
    void acknowledgementsOfTheFormerOwnerAreIgnoredAndTheNextOwnerReadsInOrder() throws Exception {
        fill("late");
        try (PollingMember first = new PollingMember(bench.settings(), "late", "owners")) {
            await("all messages")
                    .atMost(Member.TIMEOUT)
                    .until(() -> first.read().size() == LEARNERS);
            List<IncomingMessage> read = first.read();
            List<IncomingMessage> revokedMessages;
            try (PollingMember second = new PollingMember(bench.settings(), "late", "owners")) {
                await("a partition to be revoked")
                        .atMost(Member.TIMEOUT)
                        .until(() -> !read.stream().allMatch(first::owns));
                int revoked = read.stream()
                        .filter(message -> !first.owns(message))
                        .findFirst()
                        .orElseThrow()
                        .partition();
                revokedMessages = of(read, revoked);
                List<IncomingMessage> keptMessages = of(read, 1 - revoked);

                first.acknowledge(revokedMessages.subList(0, 3)); // during the rebalance
                first.acknowledge(keptMessages.subList(0, 3));
                await("the next owner to read the revoked partition")
                        .atMost(Member.TIMEOUT)
                        .until(() -> second.read().size() >= revokedMessages.size());
                first.acknowledge(revokedMessages); // and after it
                first.acknowledge(keptMessages.subList(3, keptMessages.size()));

                await("the acknowledgement of the kept partition")
                        .atMost(Member.TIMEOUT)
                        .until(() -> first.acknowledged() == 2);
                assertThat(committed("late", 1 - revoked)).isEqualTo(keptMessages.size());
                assertThat(second.read())
                        .extracting(IncomingMessage::position)
                        .containsExactlyElementsOf(positions(revokedMessages));
                assertThat(committed("late", revoked)).isZero();

                second.acknowledge(second.read().subList(0, 5));
                await("five acknowledged").atMost(Member.TIMEOUT).until(() -> second.acknowledged() == 1);
            }
            assertThat(committed("late", revokedMessages.get(0).partition())).isEqualTo(5);
            assertThat(first.acknowledged()).isEqualTo(2);

            await("what the second member has not acknowledged")
                    .atMost(Member.TIMEOUT)
                    .until(() -> first.read().size() >= LEARNERS + revokedMessages.size() - 5);
            assertThat(first.read().subList(LEARNERS, first.read().size()))
                    .extracting(IncomingMessage::position)
                    .containsExactlyElementsOf(positions(revokedMessages.subList(5, revokedMessages.size())));
        }
    }

    @Test
    void acknowledgementsFromAnEarlierAssignmentAreIgnored() throws Exception {
        fill("returned");
        var oneRecordPerPoll = bench.settings(Map.of("max.poll.records", 1));
        List<IncomingMessage> read;
        try (SourceBench first = new SourceBench(oneRecordPerPoll, "returned", "owners")) {
            read = first.read(LEARNERS);
        }
        try (SourceBench second = new SourceBench(oneRecordPerPoll, "returned", "owners")) {
            IncomingMessage next = second.read(1).get(0);
            List<IncomingMessage> same = of(read, next.partition());

            second.source().acknowledge(List.of(same.get(same.size() - 1)));
        }

        assertThat(committed("returned", 0)).isZero();
        assertThat(committed("returned", 1)).isZero();
    }

    @Test
    void theFormerOwnerStopsRetryingItsEvents() throws Exception {
        List<RecordPosition> places = fill("retried");
        // Without dead letters the group has no retry topic, so the second member gets a partition of this topic.
        ConsumerOptions retrying = Member.FROM_THE_START
                .withFailurePolicy(FailurePolicy.logAndAcknowledge())
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(1_000_000)
                        .withDelays(Duration.ofMillis(100), Duration.ofMillis(100)));
        List<String> calls = new CopyOnWriteArrayList<>();
        Events failing = Step.events("failing");
        failing.connect(Step.TAKEN, event -> {
            calls.add("first " + event.data().learner());
            throw new IllegalStateException("always fails");
        });
        Events working = Step.events("working");
        working.connect(Step.TAKEN, event -> calls.add("second " + event.data().learner()));
        try (Member first = Member.of(bench.settings(), failing, "retried", "owners", retrying)) {
            await("all tried twice")
                    .atMost(Member.TIMEOUT)
                    .until(() -> first.counts().retried() >= 2 * LEARNERS);
            try (Member second = Member.of(bench.settings(), working, "retried", "owners", retrying)) {
                Set<Set<String>> partitions = Set.of(learners(places, 0), learners(places, 1));
                await("a whole partition to be handled by the second member")
                        .atMost(Member.TIMEOUT)
                        .until(() -> partitions.contains(handled(calls)));
                Set<String> moved = handled(calls);
                long tried = first.counts().retried();
                await("the first member to retry the events of its own partition")
                        .atMost(Member.TIMEOUT)
                        .until(() -> first.counts().retried() > tried + 3 * LEARNERS);

                for (String learner : moved) {
                    assertThat(calls.lastIndexOf("first " + learner)).isLessThan(calls.indexOf("second " + learner));
                    assertThat(calls).containsOnlyOnce("second " + learner);
                }
                assertThat(first.counts().failed()).isZero();
                assertThat(second.counts().failed()).isZero();
            }
        }
    }

    private static Set<String> handled(List<String> calls) {
        Set<String> handled = new HashSet<>();
        for (String call : calls) {
            if (call.startsWith("second ")) {
                handled.add(call.substring("second ".length()));
            }
        }
        return handled;
    }

    private static Set<String> learners(List<RecordPosition> places, int partition) {
        Set<String> learners = new HashSet<>();
        for (int learner = 0; learner < places.size(); learner++) {
            if (places.get(learner).partition() == partition) {
                learners.add("learner-" + learner);
            }
        }
        return learners;
    }

    private static List<IncomingMessage> of(List<IncomingMessage> messages, int partition) {
        return messages.stream()
                .filter(message -> message.partition() == partition)
                .toList();
    }

    private static List<Position> positions(List<IncomingMessage> messages) {
        return messages.stream().map(IncomingMessage::position).toList();
    }

    private long committed(String topic, int partition) throws Exception {
        return Objects.requireNonNull(
                        admin.listConsumerGroupOffsets("owners")
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .get(new TopicPartition(topic, partition)),
                        "committed")
                .offset();
    }
}
