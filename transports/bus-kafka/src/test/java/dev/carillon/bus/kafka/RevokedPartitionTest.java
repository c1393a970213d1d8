package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.IncomingMessage;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A partition goes to another member while messages of it are in flight. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevokedPartitionTest {

    private static final int LEARNERS = 40;

    private KafkaBench bench;
    private Admin admin;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench();
        admin = bench.admin();
    }

    @AfterAll
    void stopKafka() {
        bench.close();
    }

    /** One step of each learner in two partitions; answers where they stand. */
    private List<Position> fill(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                .all()
                .get();
        try (Writer writer = new Writer(bench.settings())) {
            return writer.round(topic, LEARNERS, 0).stream()
                    .map(Position::parse)
                    .toList();
        }
    }

    @Test
    void whatItsFormerOwnerAcknowledgesMovesNothingAndTheNextOneHasEverythingInOrder() throws Exception {
        fill("late");
        try (PollingMember first = new PollingMember(bench.settings(), "late", "group")) {
            await("all read").atMost(Member.PATIENCE).until(() -> first.read().size() == LEARNERS);
            List<IncomingMessage> read = first.read();
            List<IncomingMessage> gone;
            try (PollingMember second = new PollingMember(bench.settings(), "late", "group")) {
                await("a partition to go")
                        .atMost(Member.PATIENCE)
                        .until(() -> !read.stream().allMatch(first::owns));
                int revoked = read.stream()
                        .filter(message -> !first.owns(message))
                        .findFirst()
                        .orElseThrow()
                        .partition();
                gone = of(read, revoked);
                List<IncomingMessage> kept = of(read, 1 - revoked);

                first.acknowledge(gone.subList(0, 3)); // while the rebalance is going on
                first.acknowledge(kept.subList(0, 3));
                await("the next member to have what went")
                        .atMost(Member.PATIENCE)
                        .until(() -> second.read().size() >= gone.size());
                first.acknowledge(gone); // and behind it
                first.acknowledge(kept.subList(3, kept.size()));

                await("the acknowledgement of what is still the first's")
                        .atMost(Member.PATIENCE)
                        .until(() -> first.acknowledged() == 2);
                assertThat(committed("late", 1 - revoked)).isEqualTo(kept.size());
                assertThat(second.read())
                        .extracting(IncomingMessage::position)
                        .containsExactlyElementsOf(positions(gone));
                assertThat(committed("late", revoked)).isZero();

                second.acknowledge(second.read().subList(0, 5));
                await("five acknowledged").atMost(Member.PATIENCE).until(() -> second.acknowledged() == 1);
            }
            assertThat(committed("late", gone.get(0).partition())).isEqualTo(5);
            assertThat(first.acknowledged()).isEqualTo(2);

            await("what the second left")
                    .atMost(Member.PATIENCE)
                    .until(() -> first.read().size() >= LEARNERS + gone.size() - 5);
            assertThat(first.read().subList(LEARNERS, first.read().size()))
                    .extracting(IncomingMessage::position)
                    .containsExactlyElementsOf(positions(gone.subList(5, gone.size())));
        }
    }

    @Test
    void whatIsAcknowledgedForAFormerOwnershipDoesNotMoveAPartitionThatCameBack() throws Exception {
        fill("returned");
        var oneAtATime = bench.settings(Map.of("max.poll.records", 1));
        List<IncomingMessage> read;
        try (SourceBench first = new SourceBench(oneAtATime, "returned", "group")) {
            read = first.read(LEARNERS);
        }
        try (SourceBench again = new SourceBench(oneAtATime, "returned", "group")) {
            IncomingMessage next = again.read(1).get(0);
            List<IncomingMessage> same = of(read, next.partition());

            again.source().acknowledge(List.of(same.get(same.size() - 1)));
        }

        assertThat(committed("returned", 0)).isZero();
        assertThat(committed("returned", 1)).isZero();
    }

    @Test
    void anEventThatWaitsToBeTriedAgainIsNotTriedAgainByTheFormerOwner() throws Exception {
        List<Position> places = fill("retried");
        // Without dead letters the group has no topics of its own, of which the second might get a partition instead.
        ConsumerOptions tireless = Member.FROM_THE_START
                .withFailurePolicy(FailurePolicy.logAndAcknowledge())
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(1_000_000)
                        .withDelays(Duration.ofMillis(100), Duration.ofMillis(100)));
        List<String> calls = new CopyOnWriteArrayList<>();
        Events failing = Step.events("failing");
        failing.connect(Step.TAKEN, event -> {
            calls.add("first " + event.data().learner());
            throw new IllegalStateException("fails always");
        });
        Events working = Step.events("working");
        working.connect(Step.TAKEN, event -> calls.add("second " + event.data().learner()));
        try (Member first = Member.of(bench.settings(), failing, "retried", "group", tireless)) {
            await("all tried twice")
                    .atMost(Member.PATIENCE)
                    .until(() -> first.counts().retried() >= 2 * LEARNERS);
            try (Member second = Member.of(bench.settings(), working, "retried", "group", tireless)) {
                Set<Set<String>> partitions = Set.of(learners(places, 0), learners(places, 1));
                await("a partition handled by the second")
                        .atMost(Member.PATIENCE)
                        .until(() -> partitions.contains(handled(calls)));
                Set<String> gone = handled(calls);
                long tried = first.counts().retried();
                await("the first to go on with what is its own")
                        .atMost(Member.PATIENCE)
                        .until(() -> first.counts().retried() > tried + 3 * LEARNERS);

                for (String learner : gone) {
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

    private static Set<String> learners(List<Position> places, int partition) {
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

    private static List<String> positions(List<IncomingMessage> messages) {
        return messages.stream().map(IncomingMessage::position).toList();
    }

    private long committed(String topic, int partition) throws Exception {
        return Objects.requireNonNull(
                        admin.listConsumerGroupOffsets("group")
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .get(new TopicPartition(topic, partition)),
                        "committed")
                .offset();
    }
}
