package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a consumer retries receivers. */
interface RetryContract extends ContractPart {

    /** This many attempts, 1 to 2 ms apart. */
    private static RetryPolicy attempts(int attempts) {
        return RetryPolicy.defaults().withMaxAttempts(attempts).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    private ConsumerOptions retrying(RetryPolicy policy) {
        return fixture().fromEarliest().withRetries(policy);
    }

    @Test
    default void aFailingReceiverIsRetriedAndTheOthersAreNot() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, event -> {
            if (event.data().number() == 0 && calls.incrementAndGet() < 4) {
                throw new IllegalStateException("receiver failed");
            }
        });
        fixture().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(fixture().group(), retrying(attempts(4)));

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(calls).hasValue(4);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(consumer.counts().retried()).isEqualTo(3);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(consumer.counts().delivered()).isEqualTo(3);
    }

    @Test
    default void whileOneKeyIsRetriedOtherKeysContinueAndTheGroupPositionStaysBeforeIt() {
        Service reader = fixture().service("reader");
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        reader.events().connect(STEP, event -> {
            if (event.data().learner().equals("ada")) {
                throw new IllegalStateException("receiver failed");
            }
            done.add(event.data());
        });
        List<Step> others = steps(8, 5); // more learners than workers
        fixture().publish(stepsOf("ada", 0, 3));
        fixture().publish(others);
        ConsumerOptions options = fixture().fromEarliest().withConsumerName("one");

        RunningConsumer consumer = reader.consume(
                fixture().group(),
                options.withConcurrency(2)
                        .withRetries(RetryPolicy.defaults().withDelays(Duration.ofHours(1), Duration.ofHours(1))));

        fixture().await("all steps of the others", () -> done.size() == others.size());
        assertThat(byLearner(done)).isEqualTo(byLearner(others));
        assertThat(reader.recorder().data(STEP)).doesNotContain(new Step("ada", 1));
        consumer.close();
        assertThat(fixture().leftFor(fixture().group(), List.of("ada"), options))
                .filteredOn(step -> step.learner().equals("ada"))
                .containsExactlyElementsOf(stepsOf("ada", 0, 3));
    }

    @Test
    default void aFinalFailureIsNotRetried() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, event -> {
            calls.incrementAndGet();
            throw new UnsupportedOperationException("can never be handled");
        });
        fixture().publish(stepsOf("ada", 0, 2));

        RunningConsumer consumer =
                reader.consume(fixture().group(), retrying(attempts(5).abortOn(UnsupportedOperationException.class)));

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        assertThat(calls).hasValue(2);
        assertThat(consumer.counts().failed()).isEqualTo(2);
    }

    @Test
    default void aSignalMayHaveItsOwnRetryPolicy() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, event -> {
            calls.incrementAndGet();
            throw new IllegalStateException("receiver failed");
        });
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer =
                reader.consume(fixture().group(), retrying(RetryPolicy.none()).withRetries(STEP, attempts(3)));

        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);
        assertThat(calls).hasValue(3);
    }

    @Test
    default void whileTheServiceIsUnhealthyNothingIsDeliveredAndNoAttemptIsUsed() {
        AtomicBoolean healthy = new AtomicBoolean(true);
        AtomicInteger failures = new AtomicInteger();
        Service reader = fixture().service("reader");
        reader.events()
                .connect(
                        STEP,
                        event -> {
                            if (event.data().number() == 1 && failures.getAndIncrement() == 0) {
                                healthy.set(false);
                            }
                            if (!healthy.get()) {
                                throw new IllegalStateException("no database");
                            }
                        },
                        ReceiverOptions.id("database"));
        fixture().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer = reader.consume(
                fixture().group(), retrying(RetryPolicy.none()).withHealthCheck(healthy::get, Duration.ofMillis(5)));

        fixture().await("a failure", () -> failures.get() == 1);
        fixture()
                .holds(
                        "nothing is delivered while the service is unhealthy",
                        () -> consumer.counts().acknowledged() <= 1
                                && !reader.recorder().data(STEP).contains(new Step("ada", 2)));
        healthy.set(true);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 4));
    }
}
