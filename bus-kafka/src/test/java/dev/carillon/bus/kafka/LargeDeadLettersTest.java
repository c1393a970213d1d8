package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.Consumer;
import dev.carillon.bus.ConsumerOptions;
import dev.carillon.bus.DeadLetter;
import dev.carillon.bus.DeadLetters;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.GroupTopics;
import dev.carillon.bus.RetryPolicy;
import dev.carillon.bus.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Dead letters of events that are as large as their topic allows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeDeadLettersTest {

    private static final Signal<Essay> HANDED_IN =
            Signal.of("org.carillon.kafka.essay.handed-in.v1", "essay", Essay.class);

    /** With its headers, nearly the 1,048,588 bytes that brokers take unless told otherwise. */
    private static final int LARGEST_VALUE = 1_048_150;

    /** The schema's id, a learner of three letters, and the length of the text. */
    private static final int BESIDE_THE_TEXT = 5 + 4 + 3;

    record Essay(String learner, String text) {}

    private final String topic = "essays-" + UUID.randomUUID();
    private KafkaBench bench;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench();
    }

    @AfterAll
    void stopKafka() {
        bench.close();
    }

    private static Essay large() {
        StringBuilder text = new StringBuilder(LARGEST_VALUE);
        new Random(1).ints(LARGEST_VALUE - BESIDE_THE_TEXT, ' ', '~').forEach(each -> text.append((char) each));
        return new Essay("ada", text.toString());
    }

    private EventBus open(Events events) {
        return EventBus.open(
                bench.settings(Map.of("compression.type", "none")), events, new KafkaTransportProvider());
    }

    @Test
    void anEventAsLargeAsItsTopicAllowsBecomesADeadLetterAndComesAgain() {
        becomesADeadLetterAndComesAgain(topic);
    }

    @Test
    void soItDoesWhereTheTopicsOfTheGroupTakeNoLargerMessagesYet() throws Exception {
        String other = topic + "-2";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bench.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(GroupTopics.deadLetters(other, "graders"), 1, (short) 1)
                                    .configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic(GroupTopics.retry(other, "graders"), 1, (short) 1)))
                    .all()
                    .get();
        }

        becomesADeadLetterAndComesAgain(other);
    }

    private void becomesADeadLetterAndComesAgain(String topic) {
        Essay essay = large();
        AtomicBoolean fails = new AtomicBoolean(true);
        List<Essay> graded = new CopyOnWriteArrayList<>();
        Events events = Events.builder()
                .serviceName("graders")
                .signals(Signals.of(HANDED_IN))
                .build();
        events.connect(
                HANDED_IN,
                event -> {
                    if (fails.get()) {
                        throw new IllegalStateException("too long to read: " + "x".repeat(2_000));
                    }
                    graded.add(event.data());
                },
                ReceiverOptions.id("grader"));
        try (EventBus bus = open(events)) {
            bus.producer()
                    .send(HANDED_IN, topic, "essay.learner", essay, events.newMetadata(HANDED_IN))
                    .join();
            Consumer consumer = bus.consumer(
                    List.of(topic),
                    "graders",
                    ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withRetries(RetryPolicy.none()));
            CompletableFuture<?> running = CompletableFuture.runAsync(consumer::run);
            await("a dead letter")
                    .atMost(Member.PATIENCE)
                    .until(() -> consumer.counts().acknowledged() == 1);
            DeadLetters letters = bus.deadLetters(topic, "graders");
            DeadLetter letter = letters.list().get(0);
            assertThat(letter.message().value()).hasSize(LARGEST_VALUE);
            assertThat(letter.cause().text()).startsWith("too long to read");

            fails.set(false);
            letters.redrive(letters.list());

            await("no dead letters").atMost(Member.PATIENCE).until(() -> letters.list().isEmpty());
            assertThat(graded).containsExactly(essay);
            consumer.close();
            running.join();
        }
    }
}
