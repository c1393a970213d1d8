package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.ProduceException;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What producers, consumers and operators can rely on while the broker process is killed, paused and restarted. A transport proves
 * itself with a subclass, as with {@link TransportContract}. {@link #settings()} should set short timeouts.
 */
public abstract class BrokerOutageContract {

    private static final String GROUP = "readers";

    private @Nullable ContractFixture fixture;

    /** For subclasses. */
    protected BrokerOutageContract() {}

    /** The transport under test. */
    protected abstract TransportProvider transport();

    /** How to reach the broker. */
    protected abstract Settings settings();

    /** The running broker. It must keep its data when it is killed. */
    protected abstract BrokerProcess broker();

    /** How this transport differs from {@link TransportTraits#standard()}. */
    protected TransportTraits traits() {
        return TransportTraits.standard();
    }

    /** How long a test waits for what must happen; 60 seconds unless overridden. */
    protected Duration timeout() {
        return ContractFixture.TIMEOUT;
    }

    @BeforeEach
    final void openFixture() {
        fixture = new ContractFixture(transport(), settings(), traits(), timeout());
    }

    @AfterEach
    final void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }

    private ContractFixture fixture() {
        if (fixture == null) {
            throw new IllegalStateException("No test is running");
        }
        return fixture;
    }

    @Test
    void losesNothingAndKeepsKeysInOrderWhenTheBrokerIsKilledWhileConsuming() throws Exception {
        List<Step> steps = steps(20, 100);
        fixture().publish(steps);
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connect(reader.events(), new Step("learner-7", 30)::equals);
            RunningConsumer consumer = reader.consume(GROUP, small(fixture().fromEarliest()));
            blocking.awaitBlocked();

            broker().kill();
            blocking.release();
            fixture().await("a broker error", () -> consumer.counts().brokerErrors() > 0);
            broker().restart();

            awaitAll(reader.recorder(), steps);
            assertKeysInOrder(reader.recorder(), steps);
            fixture()
                    .await(
                            "everything acknowledged",
                            () -> consumer.counts().acknowledged()
                                    == consumer.counts().received());
            consumer.close();
        }
        assertThat(fixture().leftFor(GROUP, learners(20), fixture().fromEarliest()))
                .isEmpty();
    }

    @Test
    void acknowledgesAnEventOnlyAfterAReturningBrokerHasStoredItsDeadLetter() throws Exception {
        fixture().publish(stepsOf("ada", 0, 3));
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connect(reader.events(), new Step("ada", 1)::equals);
            reader.events().connect(STEP, event -> {
                if (event.data().number() == 1) {
                    throw new IllegalStateException("receiver failed");
                }
            });
            RunningConsumer consumer = reader.consume(GROUP, fixture().fromEarliest());
            blocking.awaitBlocked();

            broker().kill();
            blocking.release();
            fixture().await("a broker error", () -> consumer.counts().brokerErrors() > 0);
            assertThat(reader.recorder().data(STEP)).doesNotContain(new Step("ada", 2));
            broker().restart();

            reader.recorder()
                    .await(
                            "the event after it",
                            events -> reader.recorder().data(STEP).contains(new Step("ada", 2)));
            assertThat(reader.bus().deadLetters(fixture().topic(), GROUP).list())
                    .extracting(DeadLetter::key)
                    .containsExactly("ada");
        }
    }

    @Test
    void losesNothingTheBrokerAcceptedWhenItIsKilledWhileProducing() {
        List<Step> steps = steps(5, 60);
        Service writer = fixture().service("writer");
        Service reader = fixture().service("reader");
        reader.consume(GROUP, small(fixture().fromEarliest()));
        AtomicInteger accepted = new AtomicInteger();
        CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> sendEach(writer, steps, accepted));

        fixture().await("some events accepted", () -> accepted.get() > 100);
        broker().kill();
        broker().restart();

        assertThat(sending).succeedsWithin(fixture().timeout());
        awaitAll(reader.recorder(), steps);
        assertKeysInOrder(reader.recorder(), steps);
    }

    /** Sends one event after the other and retries each under its id until the broker has it, as an outbox does. */
    private int sendEach(Service writer, List<Step> steps, AtomicInteger accepted) {
        int failures = 0;
        for (Step step : steps) {
            EventMetadata metadata = writer.events().newMetadata(STEP);
            boolean sent = false;
            while (!sent) {
                try {
                    writer.send(fixture().topic(), STEP, STEP_KEY, step, metadata)
                            .join();
                    sent = true;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(ProduceException.class);
                    failures++;
                }
            }
            accepted.incrementAndGet();
        }
        return failures;
    }

    @Test
    void waitsForABrokerThatIsDownAtTheStart() {
        fixture().publish(stepsOf("ada", 0, 10));
        broker().kill();
        Service reader = fixture().service("reader");

        RunningConsumer consumer = reader.consume(GROUP, fixture().fromEarliest());
        fixture().await("a broker error", () -> consumer.counts().brokerErrors() > 1);
        broker().restart();

        reader.recorder().await(STEP, 10);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 10));
    }

    @Test
    void checkReportsABrokerThatIsDown() {
        fixture().publish(stepsOf("ada", 0, 1));
        broker().kill();
        try {
            List<Diagnostic> diagnostics =
                    fixture().admin(admin -> admin.check(List.of(fixture().topic()), Optional.of(GROUP)));

            assertThat(diagnostics)
                    .filteredOn(diagnostic -> diagnostic.status() == Diagnostic.Status.FAILED)
                    .extracting(Diagnostic::subject)
                    .contains("connection");
        } finally {
            broker().restart();
        }
    }

    @Test
    void stopsWhileTheBrokerIsDown() {
        broker().kill();
        try {
            RunningConsumer consumer =
                    fixture().service("reader").consume(GROUP, fixture().fromEarliest());
            fixture().await("a broker error", () -> consumer.counts().brokerErrors() > 1);

            consumer.stop();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        } finally {
            broker().restart();
        }
    }

    @Test
    void aSendFailsWhileTheBrokerIsDownAndSucceedsWhenItIsBack() {
        Service writer = fixture().service("writer");
        writer.send(fixture().topic(), new Step("ada", 0)).join();
        broker().kill();
        EventMetadata metadata = writer.events().newMetadata(STEP);

        assertThat(writer.send(fixture().topic(), STEP, STEP_KEY, new Step("ada", 1), metadata))
                .failsWithin(fixture().timeout())
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProduceException.class, e -> assertThat(e.metadata()).isEqualTo(metadata));

        broker().restart();
        fixture()
                .await(
                        "the producer to be back",
                        () -> !writer.send(fixture().topic(), new Step("ada", 2))
                                .handle((position, failure) -> failure != null)
                                .join());
    }

    @Test
    void continuesAfterTheBrokerWasPaused() {
        List<Step> before = stepsOf("ada", 0, 50);
        List<Step> after = stepsOf("ada", 60, 100);
        Service writer = fixture().service("writer");
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(GROUP, small(fixture().fromEarliest()));
        fixture().publish(before);
        awaitAll(reader.recorder(), before);

        broker().pause();
        CompletableFuture<String> during;
        try {
            during = writer.send(fixture().topic(), new Step("ada", 55));
            assertThat(during).failsWithin(fixture().timeout());
        } finally {
            broker().resume();
        }
        fixture()
                .await(
                        "the broker to be back",
                        () -> !writer.send(fixture().topic(), new Step("ada", 56))
                                .handle((position, failure) -> failure != null)
                                .join());
        fixture().publish(after);

        awaitAll(reader.recorder(), after);
        List<Step> expected = new ArrayList<>(before);
        expected.addAll(after);
        List<Step> seen = new ArrayList<>(new LinkedHashSet<>(reader.recorder().data(STEP)));
        seen.removeIf(step -> step.number() > 50 && step.number() < 60);
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(consumer.counts().delivered()).isGreaterThanOrEqualTo(expected.size());
    }

    /** Small batches, so that an outage falls between two of them. */
    private static ConsumerOptions small(ConsumerOptions options) {
        return options.withBatchSize(20).withMaxInFlight(100).withConsumerName("one");
    }

    private static void awaitAll(EventRecorder recorder, List<Step> steps) {
        recorder.await(
                "all " + steps.size() + " steps",
                events -> events.size() >= steps.size() && new LinkedHashSet<>(recorder.data(STEP)).containsAll(steps));
    }

    /** Delivery is at least once: compares the first delivery of each step. */
    private static void assertKeysInOrder(EventRecorder recorder, List<Step> steps) {
        List<Step> firsts = new ArrayList<>(new LinkedHashSet<>(recorder.data(STEP)));
        assertThat(byLearner(firsts)).isEqualTo(byLearner(steps));
    }

    private static List<String> learners(int count) {
        return steps(count, 1).stream().map(Step::learner).toList();
    }
}
