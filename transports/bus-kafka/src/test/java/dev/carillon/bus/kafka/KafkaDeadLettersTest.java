package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters that are difficult to keep on Kafka: of maximum size, many, or of a recreated topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaDeadLettersTest {

    private static final Signal<Essay> SUBMITTED =
            Signal.of("org.carillon.kafka.essay.submitted.v1", "essay", Essay.class);

    /** With its headers, almost the brokers' default limit of 1,048,588 bytes. */
    private static final int MAX_VALUE_BYTES = 1_048_150;

    /** The schema id, a learner of three characters, and the length of the text. */
    private static final int TEXT_OVERHEAD = 5 + 4 + 3;

    private static final int DEAD_LETTERS = 200;

    record Essay(String learner, String text) {}

    private final String topic = "essays-" + UUID.randomUUID();

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.shared();

    private static Essay large() {
        StringBuilder text = new StringBuilder(MAX_VALUE_BYTES);
        new Random(1).ints(MAX_VALUE_BYTES - TEXT_OVERHEAD, ' ', '~').forEach(each -> text.append((char) each));
        return new Essay("ada", text.toString());
    }

    private EventBus open(Events events) {
        return EventBus.open(bench.settings(Map.of("compression.type", "none")), events, new KafkaTransportProvider());
    }

    @Test
    void anEventOfMaximumSizeIsDeadLetteredAndRedriven() {
        assertDeadLetteredAndRedriven(topic);
    }

    @Test
    void anEventOfMaximumSizeRaisesTheSizeLimitOfTheGroupTopics() throws Exception {
        String other = topic + "-2";
        Admin admin = bench.admin();
        admin.createTopics(List.of(
                        new NewTopic(GroupTopics.deadLetters(other, "graders"), 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact")),
                        new NewTopic(GroupTopics.retry(other, "graders"), 1, (short) 1)))
                .all()
                .get();

        assertDeadLetteredAndRedriven(other);
    }

    private void assertDeadLetteredAndRedriven(String topic) {
        Essay essay = large();
        AtomicBoolean fails = new AtomicBoolean(true);
        List<Essay> graded = new CopyOnWriteArrayList<>();
        Events events = Events.builder()
                .serviceName("graders")
                .signals(Signals.of(SUBMITTED))
                .build();
        events.connect(
                SUBMITTED,
                event -> {
                    if (fails.get()) {
                        throw new IllegalStateException("too long to read: " + "x".repeat(2_000));
                    }
                    graded.add(event.data());
                },
                ReceiverOptions.id("grader"));
        try (EventBus bus = open(events)) {
            bus.producer()
                    .send(SUBMITTED, topic, "essay.learner", essay, events.newMetadata(SUBMITTED))
                    .join();
            EventConsumer consumer = bus.consumer(
                    List.of(topic),
                    "graders",
                    ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withRetries(RetryPolicy.none()));
            CompletableFuture<?> running = Member.inThread(consumer::run);
            await("a dead letter")
                    .atMost(Member.TIMEOUT)
                    .until(() -> consumer.counts().acknowledged() == 1);
            DeadLetters deadLetters = bus.deadLetters(topic, "graders");
            DeadLetter deadLetter = deadLetters.list().get(0);
            assertThat(deadLetters.message(deadLetter).orElseThrow().value()).hasSize(MAX_VALUE_BYTES);
            assertThat(deadLetter.cause().text()).startsWith("too long to read");

            fails.set(false);
            deadLetters.redrive(deadLetters.list());

            await("no dead letters")
                    .atMost(Member.TIMEOUT)
                    .until(() -> deadLetters.list().isEmpty());
            assertThat(graded).containsExactly(essay);
            consumer.close();
            running.join();
        }
    }

    @Test
    void anEventOfARecreatedTopicIsNotMistakenForTheDeadLetterAtItsPosition() throws Exception {
        String other = topic + "-4";
        Admin admin = bench.admin();
        DeadLetter first = deadLetters(other, "first").get(0);
        admin.deleteTopics(List.of(other)).all().get();
        admin.deleteConsumerGroups(List.of("failing-graders")).all().get();
        await("the topic to be gone")
                .atMost(Member.TIMEOUT)
                .until(() -> !admin.listTopics().names().get().contains(other));

        List<DeadLetter> both = deadLetters(other, "second");

        assertThat(both).extracting(DeadLetter::position).containsOnly(first.position());
        assertThat(both).extracting(DeadLetter::eventId).doesNotHaveDuplicates();
        assertThat(both).extracting(DeadLetter::id).hasSize(2).contains(first.id());
    }

    /** Publishes an essay whose receiver fails, and returns the group's dead letters after it was acknowledged. */
    private List<DeadLetter> deadLetters(String topic, String text) {
        Events events = Events.builder()
                .serviceName("failing-graders")
                .signals(Signals.of(SUBMITTED))
                .build();
        events.connect(
                SUBMITTED,
                event -> {
                    throw new IllegalStateException("fails");
                },
                ReceiverOptions.id("grader"));
        try (EventBus bus = open(events)) {
            bus.producer()
                    .send(SUBMITTED, topic, "essay.learner", new Essay("ada", text), events.newMetadata(SUBMITTED))
                    .join();
            EventConsumer consumer = bus.consumer(
                    List.of(topic),
                    "failing-graders",
                    ConsumerOptions.defaults()
                            .withStartAt(StartAt.earliest())
                            .withRetries(RetryPolicy.none())
                            .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK)));
            CompletableFuture<?> running = Member.inThread(consumer::run);
            await("the acknowledgement")
                    .atMost(Member.TIMEOUT)
                    .until(() -> consumer.counts().acknowledged() == 1);
            consumer.close();
            running.join();
            return bus.deadLetters(topic, "failing-graders").list();
        }
    }

    /** A process whose heap is smaller than the dead letters. Arguments: servers, registry, topic. */
    static final class Grader {

        private Grader() {}

        public static void main(String[] arguments) {
            Events events = Events.builder()
                    .serviceName("graders")
                    .signals(Signals.of(SUBMITTED))
                    .build();
            events.connect(
                    SUBMITTED,
                    event -> System.out.println("graded " + event.data().learner()),
                    ReceiverOptions.id("grader"));
            Settings settings = Settings.of(
                    Map.of(KafkaSettings.BOOTSTRAP_SERVERS, arguments[0], KafkaSettings.REGISTRY_URL, arguments[1]));
            try (EventBus bus = EventBus.open(settings, events)) {
                DeadLetters deadLetters = bus.deadLetters(arguments[2], "graders");
                System.out.println("listed " + deadLetters.list().size());
                bus.consumer(
                                List.of(arguments[2]),
                                "graders",
                                ConsumerOptions.defaults()
                                        .withStartAt(StartAt.earliest())
                                        .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                                        .withMaxEvents(1))
                        .run();
                deadLetters.redrive(deadLetters.list().subList(0, DEAD_LETTERS / 10));
                long redriven = deadLetters.list().stream()
                        .filter(each -> each.redrivenAt() != null)
                        .count();
                System.out.println("redriven " + redriven);
            }
        }
    }

    @Test
    @Tag("thorough")
    void moreDeadLettersThanFitIntoMemoryAreListedAndRedriven(@TempDir Path folder) throws Exception {
        String other = topic + "-3";
        fill(other);
        Events events = Events.builder()
                .serviceName("writer")
                .signals(Signals.of(SUBMITTED))
                .build();
        try (EventBus bus = open(events)) {
            bus.producer()
                    .send(SUBMITTED, other, "essay.learner", new Essay("bob", "short"), events.newMetadata(SUBMITTED))
                    .join();
        }
        Path output = Files.createFile(folder.resolve("output"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx80m",
                        "-XX:+UseSerialGC", // other collectors fragment a small heap with arrays of a megabyte
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Grader.class.getName(),
                        bench.kafka().bootstrapServers(),
                        bench.registry().url(),
                        other)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().contains("listed " + DEAD_LETTERS, "graded bob", "redriven " + DEAD_LETTERS / 10);
        assertThat(process.exitValue()).isZero();
    }

    private void fill(String topic) {
        byte[] value = new byte[1 << 20];
        new Random(1).nextBytes(value);
        SettingsReader reader = new SettingsReader(bench.settings());
        Transport transport =
                new KafkaTransportProvider().prepare(reader, Optional.empty()).get();
        try (MessageStore store = transport.store().orElseThrow()) {
            for (int i = 0; i < DEAD_LETTERS; i++) {
                String id = "%032x".formatted(i);
                List<Header> headers = List.of(
                        Header.of("carillon-id", id),
                        Header.of("carillon-topic", topic),
                        Header.of("carillon-position", "0:" + i),
                        Header.of("carillon-group", "graders"),
                        Header.of("carillon-key", "learner-" + i));
                store.put(GroupTopics.deadLetters(topic, "graders"), id, null, new RawMessage(headers, null, value));
            }
        }
        transport.close();
    }
}
