package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What waits for one key, or for a check that hangs, keeps nothing else waiting, and takes a bounded part of the memory. */
interface WaitingContract extends ContractTest {

    /** Tries again soon, and for as long as a test may take. */
    private ConsumerOptions patient() {
        return bench().fromEarliest()
                .withConcurrency(2)
                .withMaxInFlight(40)
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(Integer.MAX_VALUE)
                        .withDelays(Duration.ofMillis(50), Duration.ofMillis(50)));
    }

    @Test
    default void aKeyThatKeepsFailingStarvesNoOtherAndComesInOrderWhenItGoesOn() {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "chalk", event -> {
            if (event.data().learner().equals("ada") && broken.get()) {
                throw new IllegalStateException("out of chalk");
            }
            done.add(event.data());
        });
        bench().publish(stepsOf("ada", 0, 600));
        List<Step> others = new ArrayList<>();
        for (String learner : List.of("bob", "cem", "dee", "eve")) {
            others.addAll(stepsOf(learner, 0, 100));
        }
        bench().publish(others);

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), patient());

        Workbench.await("all steps of the others", () -> done.size() == others.size());
        assertThat(consumer.health().parkedMessages()).isPositive();
        broken.set(false);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 1_000);
        assertThat(done)
                .filteredOn(step -> step.learner().equals("ada"))
                .containsExactlyElementsOf(stepsOf("ada", 0, 600));
    }

    @Test
    default void howManyMessagesWaitIsBoundedAndTheyGoOnWhenTheirKeyDoes() {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "chalk", event -> {
            if (broken.get()) {
                throw new IllegalStateException("out of chalk");
            }
            done.add(event.data());
        });
        bench().publish(stepsOf("ada", 0, 500));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(bench().topic()), bench().group(), patient().withMaxParked(100));

        Workbench.await("full parking", () -> consumer.health().parkedMessages() >= 100);
        Workbench.holds("no more is read", () -> consumer.counts().received() < 250);
        broken.set(false);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 500);
        assertThat(done).containsExactlyElementsOf(stepsOf("ada", 0, 500));
    }

    @Test
    default void aKeyThatGoesOnTakesTurnsWithTheOthersOfItsLane() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Semaphore chalk = new Semaphore(0);
        AtomicInteger ofAda = new AtomicInteger();
        AtomicInteger ofOthers = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "chalk", event -> {
            if (!event.data().learner().equals("ada")) {
                ofOthers.incrementAndGet();
            } else if (broken.get()) {
                throw new IllegalStateException("out of chalk");
            } else {
                chalk.acquire();
                ofAda.incrementAndGet();
            }
        });
        bench().publish(stepsOf("ada", 0, 600));
        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(bench().topic()), bench().group(), patient().withMaxInFlight(400));
        Workbench.await("parked steps", () -> consumer.health().parkedMessages() > 300);
        broken.set(false);
        Workbench.await("a step that goes on", chalk::hasQueuedThreads);
        bench().publish(steps(8, 5));
        Workbench.await("all steps read", () -> consumer.counts().received() == 640);

        while (ofOthers.get() < 40) {
            int done = ofAda.get();
            chalk.release();
            Workbench.await("another step of ada's", () -> ofAda.get() > done);
        }

        assertThat(ofAda).hasValueLessThan(80);
        chalk.release(600);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 640);
    }

    @Test
    default void aKeyWithASlowReceiverAndALongBacklogStarvesNoOther() {
        AtomicInteger ofAda = new AtomicInteger();
        AtomicInteger ofOthers = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "chalk", event -> {
            if (event.data().learner().equals("ada")) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // slow it is, and does not hang
                ofAda.incrementAndGet();
            } else {
                ofOthers.incrementAndGet();
            }
        });
        bench().publish(stepsOf("ada", 0, 600));
        bench().publish(steps(12, 20));

        RunningConsumer consumer = reader.consumeUnrecorded(List.of(bench().topic()), bench().group(), patient());

        Workbench.await("the steps of the other lane", () -> ofOthers.get() >= 80);
        assertThat(ofAda).hasValueLessThan(400);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 840);
    }

    @Test
    default void receiversThatHangInSeveralLanesStarveOnlyTheKeysOfThose() {
        AtomicInteger done = new AtomicInteger();
        Service reader = bench().service("reader");
        List<String> three = List.of("ada", "bob", "cem");
        try (HeldReceiver held = new HeldReceiver()) {
            held.connect(reader.events(), step -> three.contains(step.learner()));
            reader.events().connect(STEP, "done", event -> done.incrementAndGet());
            three.forEach(learner -> bench().publish(stepsOf(learner, 0, 100)));
            RunningConsumer consumer = reader.consumeUnrecorded(
                    List.of(bench().topic()), bench().group(), patient().withConcurrency(8));
            Workbench.await("busy lanes", () -> consumer.health().busyWorkers().size() >= 2);

            bench().publish(steps(24, 10));

            Workbench.await("a third of the others", () -> done.get() >= 80);
            held.letGo();
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 540);
        }
    }

    @Test
    default void aReceiverThatHangsStarvesOnlyTheKeysOfItsLane() throws InterruptedException {
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = bench().service("reader");
        try (HeldReceiver held = new HeldReceiver()) {
            held.connect(reader.events(), step -> step.learner().equals("ada"));
            reader.events().connect(STEP, "done", event -> done.add(event.data()));
            bench().publish(stepsOf("ada", 0, 1));
            RunningConsumer consumer = reader.consumeUnrecorded(
                    List.of(bench().topic()), bench().group(), patient().withConcurrency(4));
            held.awaitEntered();
            Workbench.await("a busy lane", () -> !consumer.health().busyWorkers().isEmpty());

            bench().publish(stepsOf("ada", 1, 400));
            bench().publish(steps(12, 20));

            Workbench.await("half of the others", () -> done.size() >= 120);
            held.letGo();
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 640);
            assertThat(done)
                    .filteredOn(step -> step.learner().equals("ada"))
                    .containsExactlyElementsOf(stepsOf("ada", 0, 400));
        }
    }

    @Test
    default void aHealthCheckThatHangsPausesDeliveryAndDoesNotFailLiveness() {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean(true);
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(
                bench().group(),
                bench().fromEarliest()
                        .withHealthCheck(
                                () -> {
                                    if (hangs.get()) {
                                        awaitQuietly(hang);
                                    }
                                    return true;
                                },
                                Duration.ofMillis(5)));

        Workbench.await("a consumer that is not ready", () -> !consumer.health().healthy());
        java.time.Instant turn = consumer.health().lastTurn();
        Workbench.await(
                "another turn",
                () -> turn != null && turn.isBefore(consumer.health().lastTurn()));
        bench().publish(stepsOf("ada", 0, 3));
        Workbench.holds("nothing comes", () -> reader.recorder().data(STEP).isEmpty());

        hangs.set(false);
        hang.countDown();
        reader.recorder().await(STEP, 3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
