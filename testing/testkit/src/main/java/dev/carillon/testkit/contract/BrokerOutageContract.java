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
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What producers and consumers promise while their broker, a process, is killed, paused and started again. A transport proves
 * itself with a subclass, as with {@link TransportContract}; {@link #settings()} should set short timeouts.
 */
public abstract class BrokerOutageContract {

    private static final String GROUP = "readers";

    private @Nullable Workbench bench;

    /** For subclasses. */
    protected BrokerOutageContract() {}

    /** The transport under test. */
    protected abstract TransportProvider transport();

    /** How to reach the broker. */
    protected abstract Settings settings();

    /** The broker, running, which keeps its data when it is killed. */
    protected abstract BrokerProcess broker();

    /** What sets this transport apart from others; nothing, unless overridden. */
    protected Traits traits() {
        return Traits.ordinary();
    }

    @BeforeEach
    final void openBench() {
        bench = new Workbench(transport(), settings(), traits());
    }

    @AfterEach
    final void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    private Workbench bench() {
        if (bench == null) {
            throw new IllegalStateException("No test is running");
        }
        return bench;
    }

    @Test
    void losesNothingAndKeepsTheOrderOfKeysWhenTheBrokerIsKilledWhileConsuming() throws Exception {
        List<Step> steps = steps(20, 100);
        bench().publish(steps);
        try (HeldReceiver held = new HeldReceiver()) {
            Service reader = bench().service("reader");
            held.connect(reader.events(), new Step("learner-7", 30)::equals);
            RunningConsumer consumer = reader.consume(GROUP, small(bench().fromEarliest()));
            held.awaitEntered();

            broker().kill();
            held.letGo();
            Workbench.await("the consumer to notice", () -> consumer.counts().brokerErrors() > 0);
            broker().restart();

            awaitAll(reader.recorder(), steps);
            assertKeysInOrder(reader.recorder(), steps);
            Workbench.await(
                    "everything acknowledged",
                    () -> consumer.counts().acknowledged() == consumer.counts().received());
            consumer.close();
        }
        assertThat(bench().leftFor(GROUP, learners(20), bench().fromEarliest())).isEmpty();
    }

    @Test
    void keepsAnEventUntilABrokerThatWasAwayHasItsDeadLetter() throws Exception {
        bench().publish(stepsOf("ada", 0, 3));
        try (HeldReceiver held = new HeldReceiver()) {
            Service reader = bench().service("reader");
            held.connect(reader.events(), new Step("ada", 1)::equals);
            reader.events().connect(STEP, event -> {
                if (event.data().number() == 1) {
                    throw new IllegalStateException("out of chalk");
                }
            });
            RunningConsumer consumer = reader.consume(GROUP, bench().fromEarliest());
            held.awaitEntered();

            broker().kill();
            held.letGo();
            Workbench.await("the consumer to notice", () -> consumer.counts().brokerErrors() > 0);
            assertThat(reader.recorder().data(STEP)).doesNotContain(new Step("ada", 2));
            broker().restart();

            reader.recorder()
                    .await(
                            "the event behind it",
                            events -> reader.recorder().data(STEP).contains(new Step("ada", 2)));
            assertThat(reader.bus().deadLetters(bench().topic(), GROUP).list())
                    .extracting(DeadLetter::key)
                    .containsExactly("ada");
        }
    }

    @Test
    void losesNothingThatWasTakenWhenTheBrokerIsKilledWhileProducing() {
        List<Step> steps = steps(5, 60);
        Service writer = bench().service("writer");
        Service reader = bench().service("reader");
        reader.consume(GROUP, small(bench().fromEarliest()));
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> sendEach(writer, steps, taken));

        Workbench.await("some events taken", () -> taken.get() > 100);
        broker().kill();
        broker().restart();

        assertThat(sending).succeedsWithin(Workbench.PATIENCE);
        awaitAll(reader.recorder(), steps);
        assertKeysInOrder(reader.recorder(), steps);
    }

    /** One after the other, each again under its id until the broker has it, as an outbox does. */
    private int sendEach(Service writer, List<Step> steps, AtomicInteger taken) {
        int failures = 0;
        for (Step step : steps) {
            EventMetadata metadata = writer.events().newMetadata(STEP);
            boolean sent = false;
            while (!sent) {
                try {
                    writer.send(bench().topic(), STEP, STEP_KEY, step, metadata).join();
                    sent = true;
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(ProduceException.class);
                    failures++;
                }
            }
            taken.incrementAndGet();
        }
        return failures;
    }

    @Test
    void waitsForABrokerThatIsAwayAtTheStart() {
        bench().publish(stepsOf("ada", 0, 10));
        broker().kill();
        Service reader = bench().service("reader");

        RunningConsumer consumer = reader.consume(GROUP, bench().fromEarliest());
        Workbench.await("the consumer to notice", () -> consumer.counts().brokerErrors() > 1);
        broker().restart();

        reader.recorder().await(STEP, 10);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 10));
    }

    @Test
    void stopsWhileTheBrokerIsAway() {
        broker().kill();
        try {
            RunningConsumer consumer = bench().service("reader").consume(GROUP, bench().fromEarliest());
            Workbench.await("the consumer to notice", () -> consumer.counts().brokerErrors() > 1);

            consumer.stop();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        } finally {
            broker().restart();
        }
    }

    @Test
    void failsASendWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() {
        Service writer = bench().service("writer");
        writer.send(bench().topic(), new Step("ada", 0)).join();
        broker().kill();
        EventMetadata metadata = writer.events().newMetadata(STEP);

        assertThat(writer.send(bench().topic(), STEP, STEP_KEY, new Step("ada", 1), metadata))
                .failsWithin(Workbench.PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        ProduceException.class, e -> assertThat(e.metadata()).isEqualTo(metadata));

        broker().restart();
        Workbench.await(
                "the producer to be back",
                () -> !writer.send(bench().topic(), new Step("ada", 2))
                        .handle((position, failure) -> failure != null)
                        .join());
    }

    @Test
    void goesOnAfterABrokerThatWasPaused() {
        List<Step> before = stepsOf("ada", 0, 50);
        List<Step> after = stepsOf("ada", 60, 100);
        Service writer = bench().service("writer");
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(GROUP, small(bench().fromEarliest()));
        bench().publish(before);
        awaitAll(reader.recorder(), before);

        broker().pause();
        CompletableFuture<String> during;
        try {
            during = writer.send(bench().topic(), new Step("ada", 55));
            assertThat(during).failsWithin(Workbench.PATIENCE);
        } finally {
            broker().resume();
        }
        Workbench.await(
                "the broker to be back",
                () -> !writer.send(bench().topic(), new Step("ada", 56))
                        .handle((position, failure) -> failure != null)
                        .join());
        bench().publish(after);

        awaitAll(reader.recorder(), after);
        List<Step> expected = new ArrayList<>(before);
        expected.addAll(after);
        List<Step> seen = new ArrayList<>(new LinkedHashSet<>(reader.recorder().data(STEP)));
        seen.removeIf(step -> step.number() > 50 && step.number() < 60);
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(consumer.counts().delivered()).isGreaterThanOrEqualTo(expected.size());
    }

    /** Many turns of the engine, so that an outage falls between them. */
    private static ConsumerOptions small(ConsumerOptions options) {
        return options.withBatchSize(20).withMaxInFlight(100).withConsumerName("one");
    }

    private static void awaitAll(EventRecorder recorder, List<Step> steps) {
        recorder.await(
                "all " + steps.size() + " steps",
                events -> events.size() >= steps.size() && new LinkedHashSet<>(recorder.data(STEP)).containsAll(steps));
    }

    /** At least once: what comes again is looked at where it came first. */
    private static void assertKeysInOrder(EventRecorder recorder, List<Step> steps) {
        List<Step> firsts = new ArrayList<>(new LinkedHashSet<>(recorder.data(STEP)));
        assertThat(byLearner(firsts)).isEqualTo(byLearner(steps));
    }

    private static List<String> learners(int count) {
        return steps(count, 1).stream().map(Step::learner).toList();
    }
}
