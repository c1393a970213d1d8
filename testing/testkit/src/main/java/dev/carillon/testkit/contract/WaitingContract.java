package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Retries, slow receivers and hung health checks delay nothing else and use a bounded amount of memory. */
interface WaitingContract extends ContractPart {

    /** Retries every 50 ms, forever. */
    private ConsumerOptions retryingForever() {
        return fixture()
                .fromEarliest()
                .withConcurrency(2)
                .withMaxInFlight(40)
                .withRetries(RetryPolicy.defaults()
                        .withMaxAttempts(Integer.MAX_VALUE)
                        .withDelays(Duration.ofMillis(50), Duration.ofMillis(50)));
    }

    @Test
    default void aKeyThatKeepsFailingDelaysNoOtherAndIsDeliveredInOrderOnceItRecovers() {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "flaky", event -> {
            if (event.data().learner().equals("ada") && broken.get()) {
                throw new IllegalStateException("receiver failed");
            }
            done.add(event.data());
        });
        fixture().publish(stepsOf("ada", 0, 600));
        List<Step> others = new ArrayList<>();
        for (String learner : List.of("bob", "cem", "dee", "eve")) {
            others.addAll(stepsOf(learner, 0, 100));
        }
        fixture().publish(others);

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), retryingForever());

        fixture().await("all steps of the others", () -> done.size() == others.size());
        assertThat(consumer.health().deferredMessages()).isPositive();
        broken.set(false);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 1_000);
        assertThat(done)
                .filteredOn(step -> step.learner().equals("ada"))
                .containsExactlyElementsOf(stepsOf("ada", 0, 600));
    }

    @Test
    default void theNumberOfDeferredMessagesIsBoundedAndTheyContinueWithTheirKey() {
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "flaky", event -> {
            if (broken.get()) {
                throw new IllegalStateException("receiver failed");
            }
            done.add(event.data());
        });
        fixture().publish(stepsOf("ada", 0, 500));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), retryingForever().withMaxDeferred(100));

        fixture().await("100 deferred messages", () -> consumer.health().deferredMessages() >= 100);
        fixture().holds("no more is read", () -> consumer.counts().received() < 250);
        broken.set(false);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 500);
        assertThat(done).containsExactlyElementsOf(stepsOf("ada", 0, 500));
    }

    @Test
    default void aKeyThatRecoversTakesTurnsWithTheOtherKeysOfItsWorker() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Semaphore permits = new Semaphore(0);
        AtomicInteger ofAda = new AtomicInteger();
        AtomicInteger ofOthers = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "flaky", event -> {
            if (!event.data().learner().equals("ada")) {
                ofOthers.incrementAndGet();
            } else if (broken.get()) {
                throw new IllegalStateException("receiver failed");
            } else {
                permits.acquire();
                ofAda.incrementAndGet();
            }
        });
        fixture().publish(stepsOf("ada", 0, 600));
        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()), fixture().group(), retryingForever().withMaxInFlight(400));
        fixture().await("deferred steps", () -> consumer.health().deferredMessages() > 300);
        broken.set(false);
        fixture().await("a receiver call that waits for a permit", permits::hasQueuedThreads);
        fixture().publish(steps(8, 5));
        fixture().await("all steps read", () -> consumer.counts().received() == 640);

        while (ofOthers.get() < 40) {
            int done = ofAda.get();
            permits.release();
            fixture().await("another step of ada", () -> ofAda.get() > done);
        }

        assertThat(ofAda).hasValueLessThan(80);
        permits.release(600);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 640);
    }

    @Test
    default void aKeyWithASlowReceiverAndALongBacklogDelaysNoOther() {
        AtomicBoolean slow = new AtomicBoolean(true);
        AtomicInteger ofAda = new AtomicInteger();
        AtomicInteger ofOthers = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "slow", event -> {
            if (event.data().learner().equals("ada")) {
                if (slow.get()) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // slow, but not hung
                }
                ofAda.incrementAndGet();
            } else {
                ofOthers.incrementAndGet();
            }
        });
        fixture().publish(stepsOf("ada", 0, 600));
        fixture().publish(steps(12, 20));

        RunningConsumer consumer =
                reader.consumeUnrecorded(List.of(fixture().topic()), fixture().group(), retryingForever());

        fixture().await("the steps of the other worker", () -> ofOthers.get() >= 80);
        assertThat(ofAda).hasValueLessThan(400);
        slow.set(false);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 840);
    }

    @Test
    default void hungReceiversInSeveralWorkersDelayOnlyTheKeysOfThose() {
        AtomicInteger done = new AtomicInteger();
        Service reader = fixture().service("reader");
        List<String> three = List.of("ada", "bob", "cem");
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            blocking.connect(reader.events(), step -> three.contains(step.learner()));
            reader.events().connect(STEP, "done", event -> done.incrementAndGet());
            three.forEach(learner -> fixture().publish(stepsOf(learner, 0, 100)));
            RunningConsumer consumer = reader.consumeUnrecorded(
                    List.of(fixture().topic()),
                    fixture().group(),
                    retryingForever().withConcurrency(8));
            fixture()
                    .await(
                            "two busy workers",
                            () -> consumer.health().busyWorkers().size() >= 2);

            fixture().publish(steps(24, 10));

            fixture().await("a third of the others", () -> done.get() >= 80);
            blocking.release();
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 540);
        }
    }

    @Test
    default void aHungReceiverDelaysOnlyTheKeysOfItsWorker() throws InterruptedException {
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        Service reader = fixture().service("reader");
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            blocking.connect(reader.events(), step -> step.learner().equals("ada"));
            reader.events().connect(STEP, "done", event -> done.add(event.data()));
            fixture().publish(stepsOf("ada", 0, 1));
            RunningConsumer consumer = reader.consumeUnrecorded(
                    List.of(fixture().topic()),
                    fixture().group(),
                    retryingForever().withConcurrency(4));
            blocking.awaitBlocked();
            fixture()
                    .await(
                            "a busy worker",
                            () -> !consumer.health().busyWorkers().isEmpty());

            fixture().publish(stepsOf("ada", 1, 400));
            fixture().publish(steps(12, 20));

            fixture().await("half of the others", () -> done.size() >= 120);
            blocking.release();
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 640);
            assertThat(done)
                    .filteredOn(step -> step.learner().equals("ada"))
                    .containsExactlyElementsOf(stepsOf("ada", 0, 400));
        }
    }

    @Test
    default void aHungHealthCheckPausesDeliveryAndDoesNotFailLiveness() {
        CountDownLatch hang = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean(true);
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(
                fixture().group(),
                fixture()
                        .fromEarliest()
                        .withHealthCheck(
                                () -> {
                                    if (hangs.get()) {
                                        awaitQuietly(hang);
                                    }
                                    return true;
                                },
                                Duration.ofMillis(5)));

        fixture().await("a consumer that is not ready", () -> !consumer.health().healthCheckPassed());
        Instant lastProgress = consumer.health().lastProgress();
        fixture()
                .await(
                        "another poll loop iteration",
                        () -> lastProgress != null
                                && lastProgress.isBefore(consumer.health().lastProgress()));
        fixture().publish(stepsOf("ada", 0, 3));
        fixture()
                .holds(
                        "nothing is delivered",
                        () -> reader.recorder().data(STEP).isEmpty());

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
