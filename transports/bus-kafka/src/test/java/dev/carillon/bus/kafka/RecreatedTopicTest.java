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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic is deleted, recreated with the same name, and filled beyond the group's offset in the old one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecreatedTopicTest {

    private static final int OLD = 50;
    private static final int NEW = 120;

    @RegisterExtension
    private final KafkaBench bench =
            KafkaBench.withOwnBroker(() -> EmbeddedKafka.builder().partitions(1).start());

    private final Admin admin = bench.admin();

    private void create(String topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get();
    }

    /** A running consumer may recreate the topic first, with the broker's default number of partitions. */
    private void recreate(String topic) throws ExecutionException, InterruptedException {
        Uuid old = id(topic);
        admin.deleteTopics(List.of(topic)).all().get();
        await("the topic to be recreated")
                .atMost(Member.TIMEOUT)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> {
                    try {
                        create(topic);
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

    private static void assertAllOfTheNewTopicWasRead(Member member) {
        await("all of the new topic")
                .atMost(Member.TIMEOUT)
                .until(() -> member.steps().stream()
                                .filter(step -> step.number() == 1)
                                .distinct()
                                .count()
                        == NEW);
        assertThat(member.incidents())
                .anyMatch(incident -> incident.kind() == GroupIncident.Kind.GROUP_RECREATED
                        && incident.messages() == -1
                        && incident.detail().contains("recreated"));
    }

    @Test
    void aRunningConsumerReadsItFromTheBeginning() throws Exception {
        String topic = "running";
        create(topic);
        fill(topic, OLD, 0);
        try (Member member = Member.of(bench.settings(), topic, "group-of-running")) {
            member.awaitAcknowledged(OLD);

            recreate(topic);
            fill(topic, NEW, 1);

            assertAllOfTheNewTopicWasRead(member);
        }
    }

    /** Although the new topic also has messages after the old offset. */
    @Test
    void itsMessagesArriveInOrderFromTheBeginning() throws Exception {
        String topic = "in-order";
        create(topic);
        fill(topic, OLD, 0);
        try (SourceBench bench = new SourceBench(this.bench.settings(), topic, "group-of-in-order")) {
            bench.source().acknowledge(bench.read(OLD));
            recreate(topic);
            fill(topic, NEW, 1);

            List<String> read = new ArrayList<>();
            await("all of the new topic")
                    .atMost(Member.TIMEOUT)
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
    void messagesInFlightAreRedeliveredIfItTurnsOutToBeTheSameTopic() throws Exception {
        String topic = "the-same";
        create(topic);
        fill(topic, OLD, 0);
        try (SourceBench bench = new SourceBench(this.bench.settings(), topic, "group-of-the-same")) {
            bench.read(10);

            bench.setWrongTopicId(topic);

            Set<String> redelivered = new TreeSet<>();
            await("all messages").atMost(Member.TIMEOUT).until(() -> {
                fill(topic, 1, 1);
                bench.poll(OLD, redelivered);
                return redelivered.containsAll(positions(OLD));
            });
            assertThat(bench.incidents()).isEmpty();
        }
    }

    @Test
    void itsDeadLettersAreRedrivenAfterThoseOfTheOldTopic() throws Exception {
        String topic = "blocked";
        String group = "group-of-blocked";
        AtomicBoolean fails = new AtomicBoolean();
        List<Long> handled = new CopyOnWriteArrayList<>();
        Events events = Step.events("member");
        events.connect(Step.TAKEN, "receiver", event -> {
            if (fails.get()) {
                throw new IllegalStateException("fails");
            }
            handled.add(event.data().number());
        });
        ConsumerOptions blocking = Member.FROM_THE_START
                .withRetries(RetryPolicy.defaults().withMaxAttempts(1))
                .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK));
        try (Writer writer = new Writer(bench.settings())) {
            sendOfAda(writer, topic, 0, 1); // creates the topic with the same number of partitions as later
        }
        try (Writer writer = new Writer(bench.settings());
                EventBus bus = EventBus.open(bench.settings(), Step.events("operator"), new KafkaTransportProvider());
                Member member = Member.of(bench.settings(), events, topic, group, blocking)) {
            DeadLetters deadLetters = bus.deadLetters(topic, group);
            sendOfAda(writer, topic, 1, 20);
            await("the first steps").atMost(Member.TIMEOUT).until(() -> handled.size() == 20);
            fails.set(true);
            sendOfAda(writer, topic, 20, 30);
            await("dead letters")
                    .atMost(Member.TIMEOUT)
                    .until(() -> deadLetters.list().size() == 10);
            recreate(topic);
            sendOfAda(writer, topic, 30, 35);
            await("dead letters of the new topic")
                    .atMost(Member.TIMEOUT)
                    .until(() -> deadLetters.list().size() == 15);
            assertThat(member.incidents())
                    .extracting(GroupIncident::kind)
                    .containsOnly(GroupIncident.Kind.GROUP_RECREATED);

            fails.set(false);
            deadLetters.redrive(deadLetters.list());

            await("all steps to be handled").atMost(Member.TIMEOUT).until(() -> handled.size() == 35);
            assertThat(handled).isSorted();
        }
    }

    private static void sendOfAda(Writer writer, String topic, int from, int to) {
        for (int number = from; number < to; number++) {
            writer.send(topic, new Step("ada", number)).join();
        }
    }

    /** Kafka deletes the group's offsets in the topic, but not those in its retry topic. */
    @Test
    void aStoppedConsumerReadsItFromTheBeginning() throws Exception {
        String topic = "stopped";
        String group = "group-of-stopped";
        create(topic);
        fill(topic, OLD, 0);
        try (Member member = Member.of(bench.settings(), topic, group)) {
            member.awaitAcknowledged(OLD);
            await("the topic id to be committed in the retry topic")
                    .atMost(Member.TIMEOUT)
                    .until(() ->
                            admin
                                    .listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .values()
                                    .stream()
                                    .anyMatch(offset -> offset.metadata().contains(" origin=")));
        }
        recreate(topic);
        fill(topic, NEW, 1);

        try (Member member = Member.of(bench.settings(), topic, group, ConsumerOptions.defaults())) {
            assertAllOfTheNewTopicWasRead(member);
        }
    }

    /** For example one that a member committed late. */
    @Test
    void aLeftoverOffsetOfTheOldTopicIsIgnored() throws Exception {
        String topic = "leftover";
        String group = "group-of-leftover";
        create(topic);
        fill(topic, OLD, 0);
        Map<TopicPartition, OffsetAndMetadata> leftover;
        try (Member member = Member.of(bench.settings(), topic, group)) {
            member.awaitAcknowledged(OLD);
        }
        leftover = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        recreate(topic);
        fill(topic, NEW, 1);
        admin.alterConsumerGroupOffsets(group, leftover).all().get();

        try (Member member = Member.of(bench.settings(), topic, group)) {
            assertAllOfTheNewTopicWasRead(member);
        }
    }
}
