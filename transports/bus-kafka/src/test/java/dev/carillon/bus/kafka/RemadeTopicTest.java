package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.events.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A topic that is deleted and made anew under its name, and filled beyond where the group stood in the old one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemadeTopicTest {

    private static final int OLD = 50;
    private static final int NEW = 120;

    private KafkaBench bench;
    private Admin admin;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench(() -> EmbeddedKafka.builder().partitions(1).start());
        admin = bench.admin();
    }

    @AfterAll
    void stopKafka() {
        bench.close();
    }

    private void make(String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();
    }

    /** A consumer that runs may be the one that makes it anew, with as many partitions as the broker's default. */
    private void remake(String topic) throws ExecutionException, InterruptedException {
        Uuid old = id(topic);
        admin.deleteTopics(List.of(topic)).all().get();
        await("the topic to be made anew")
                .atMost(Member.PATIENCE)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> {
                    try {
                        make(topic);
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                    return !id(topic).equals(old);
                });
    }

    private Uuid id(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .topicId();
    }

    private void fill(String topic, int count, int number) {
        try (Writer writer = new Writer(bench.settings())) {
            writer.round(topic, count, number);
        }
    }

    private static void assertAllOfTheNewTopicCame(Member member) {
        await("all of the new topic")
                .atMost(Member.PATIENCE)
                .until(() -> member.steps().stream()
                                .filter(step -> step.number() == 1)
                                .distinct()
                                .count()
                        == NEW);
        assertThat(member.incidents())
                .anyMatch(incident -> incident.kind() == GroupIncident.Kind.GROUP_RECREATED
                        && incident.messages() == -1
                        && incident.detail().contains("made anew"));
    }

    @Test
    void isReadFromItsBeginningByAConsumerThatRuns() throws Exception {
        String topic = "running";
        make(topic);
        fill(topic, OLD, 0);
        try (Member member = Member.of(bench.settings(), topic, "group-of-running")) {
            member.awaitAcknowledged(OLD);

            remake(topic);
            fill(topic, NEW, 1);

            assertAllOfTheNewTopicCame(member);
        }
    }

    /** Although the new one goes on behind the position in the old one. */
    @Test
    void nothingOfItComesBeforeItsBeginning() throws Exception {
        String topic = "in-order";
        make(topic);
        fill(topic, OLD, 0);
        try (SourceBench bench = new SourceBench(this.bench.settings(), topic, "group-of-in-order")) {
            bench.source().acknowledge(bench.read(OLD));
            remake(topic);
            fill(topic, NEW, 1);

            List<String> read = new ArrayList<>();
            await("all of the new topic")
                    .atMost(Member.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> {
                        bench.poll(NEW, read);
                        return read.size() >= NEW;
                    });

            assertThat(read).containsExactlyElementsOf(positions(NEW));
        }
    }

    private static List<String> positions(int count) {
        return IntStream.range(0, count).mapToObj(offset -> "0:" + offset).toList();
    }

    @Test
    void whereItIsTheSameTopicAfterAllWhatWasInFlightComesAgain() throws Exception {
        String topic = "the-same";
        make(topic);
        fill(topic, OLD, 0);
        try (SourceBench bench = new SourceBench(this.bench.settings(), topic, "group-of-the-same")) {
            bench.read(10);

            bench.mistakeTheTopicForAnother(topic);

            Set<String> again = new TreeSet<>();
            await("all of it").atMost(Member.PATIENCE).until(() -> {
                fill(topic, 1, 1);
                bench.poll(OLD, again);
                return again.containsAll(positions(OLD));
            });
            assertThat(bench.incidents()).isEmpty();
        }
    }

    @Test
    void itsDeadLettersComeBehindThoseOfTheOldTopicAlsoWhereTheyStandBeforeThem() throws Exception {
        String topic = "holding";
        String group = "group-of-holding";
        AtomicBoolean broken = new AtomicBoolean();
        List<Long> handled = new CopyOnWriteArrayList<>();
        Events events = Step.events("member");
        events.connect(Step.TAKEN, "moody", event -> {
            if (broken.get()) {
                throw new IllegalStateException("not now");
            }
            handled.add(event.data().number());
        });
        ConsumerOptions holding = Member.FROM_THE_START
                .withRetries(RetryPolicy.defaults().withMaxAttempts(1))
                .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK));
        try (Writer writer = new Writer(bench.settings())) {
            sendOfAda(writer, topic, 0, 1); // makes it, with as many partitions as it has later
        }
        try (Writer writer = new Writer(bench.settings());
                EventBus bus = EventBus.open(bench.settings(), Step.events("operator"), new KafkaTransportProvider());
                Member member = Member.of(bench.settings(), events, topic, group, holding)) {
            DeadLetters letters = bus.deadLetters(topic, group);
            sendOfAda(writer, topic, 1, 20);
            await("the first steps").atMost(Member.PATIENCE).until(() -> handled.size() == 20);
            broken.set(true);
            sendOfAda(writer, topic, 20, 30);
            await("dead letters")
                    .atMost(Member.PATIENCE)
                    .until(() -> letters.list().size() == 10);
            remake(topic);
            sendOfAda(writer, topic, 30, 35);
            await("those of the new topic")
                    .atMost(Member.PATIENCE)
                    .until(() -> letters.list().size() == 15);
            assertThat(member.incidents())
                    .extracting(GroupIncident::kind)
                    .containsOnly(GroupIncident.Kind.GROUP_RECREATED);

            broken.set(false);
            letters.redrive(letters.list());

            await("all of them").atMost(Member.PATIENCE).until(() -> handled.size() == 35);
            assertThat(handled).isSorted();
        }
    }

    private static void sendOfAda(Writer writer, String topic, int from, int to) {
        for (int number = from; number < to; number++) {
            writer.send(topic, new Step("ada", number)).join();
        }
    }

    /** Kafka forgets what the group has committed there, but not what it noted beside it. */
    @Test
    void isReadFromItsBeginningByAConsumerThatWasStopped() throws Exception {
        String topic = "stopped";
        String group = "group-of-stopped";
        make(topic);
        fill(topic, OLD, 0);
        try (Member member = Member.of(bench.settings(), topic, group)) {
            member.awaitAcknowledged(OLD);
            await("the note beside the topic")
                    .atMost(Member.PATIENCE)
                    .until(() ->
                            admin
                                    .listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .values()
                                    .stream()
                                    .anyMatch(offset -> offset.metadata().contains(" origin=")));
        }
        remake(topic);
        fill(topic, NEW, 1);

        try (Member member = Member.of(bench.settings(), topic, group, ConsumerOptions.defaults())) {
            assertAllOfTheNewTopicCame(member);
        }
    }

    /** As one that a member has sent late. */
    @Test
    void isReadFromItsBeginningWhereAnOffsetOfTheOldTopicIsLeft() throws Exception {
        String topic = "left";
        String group = "group-of-left";
        make(topic);
        fill(topic, OLD, 0);
        Map<TopicPartition, OffsetAndMetadata> left;
        try (Member member = Member.of(bench.settings(), topic, group)) {
            member.awaitAcknowledged(OLD);
        }
        left = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        remake(topic);
        fill(topic, NEW, 1);
        admin.alterConsumerGroupOffsets(group, left).all().get();

        try (Member member = Member.of(bench.settings(), topic, group)) {
            assertAllOfTheNewTopicCame(member);
        }
    }
}
