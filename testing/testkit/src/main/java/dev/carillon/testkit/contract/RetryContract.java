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

/** How a consumer calls receivers again. */
interface RetryContract extends ContractTest {

    /** So often, and soon. */
    private static RetryPolicy attempts(int attempts) {
        return RetryPolicy.defaults().withMaxAttempts(attempts).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    private ConsumerOptions retrying(RetryPolicy policy) {
        return bench().fromEarliest().withRetries(policy);
    }

    @Test
    default void aReceiverThatFailsIsCalledAgainAndTheOthersAreNot() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, event -> {
            if (event.data().number() == 0 && calls.incrementAndGet() < 4) {
                throw new IllegalStateException("out of chalk");
            }
        });
        bench().publish(stepsOf("ada", 0, 3));

        RunningConsumer consumer = reader.consume(bench().group(), retrying(attempts(4)));

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        assertThat(calls).hasValue(4);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(consumer.counts().retried()).isEqualTo(3);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(consumer.counts().delivered()).isEqualTo(3);
    }

    @Test
    default void whileOneKeyWaitsOtherKeysGoOnAndThePositionOfTheGroupDoesNotPassIt() {
        Service reader = bench().service("reader");
        List<Step> done = Collections.synchronizedList(new ArrayList<>());
        reader.events().connect(STEP, event -> {
            if (event.data().learner().equals("ada")) {
                throw new IllegalStateException("out of chalk");
            }
            done.add(event.data());
        });
        List<Step> others = steps(8, 5); // more than there are lanes
        bench().publish(stepsOf("ada", 0, 3));
        bench().publish(others);
        ConsumerOptions options = bench().fromEarliest().withConsumerName("one");

        RunningConsumer consumer = reader.consume(
                bench().group(),
                options.withConcurrency(2)
                        .withRetries(RetryPolicy.defaults().withDelays(Duration.ofHours(1), Duration.ofHours(1))));

        Workbench.await("all steps of the others", () -> done.size() == others.size());
        assertThat(byLearner(done)).isEqualTo(byLearner(others));
        assertThat(reader.recorder().data(STEP)).doesNotContain(new Step("ada", 1));
        consumer.close();
        assertThat(bench().leftFor(bench().group(), List.of("ada"), options))
                .filteredOn(step -> step.learner().equals("ada"))
                .containsExactlyElementsOf(stepsOf("ada", 0, 3));
    }

    @Test
    default void aFailureThatIsFinalIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, event -> {
            calls.incrementAndGet();
            throw new UnsupportedOperationException("no chalk, ever");
        });
        bench().publish(stepsOf("ada", 0, 2));

        RunningConsumer consumer =
                reader.consume(bench().group(), retrying(attempts(5).abortOn(UnsupportedOperationException.class)));

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 2);
        assertThat(calls).hasValue(2);
        assertThat(consumer.counts().failed()).isEqualTo(2);
    }

    @Test
    default void aSignalMayHaveAPolicyOfItsOwn() {
        AtomicInteger calls = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, event -> {
            calls.incrementAndGet();
            throw new IllegalStateException("out of chalk");
        });
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer =
                reader.consume(bench().group(), retrying(RetryPolicy.none()).withRetries(STEP, attempts(3)));

        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(calls).hasValue(3);
    }

    @Test
    default void whileTheServiceIsUnwellNothingIsDeliveredAndNoAttemptIsSpent() {
        AtomicBoolean well = new AtomicBoolean(true);
        AtomicInteger failures = new AtomicInteger();
        Service reader = bench().service("reader");
        reader.events()
                .connect(
                        STEP,
                        event -> {
                            if (event.data().number() == 1 && failures.getAndIncrement() == 0) {
                                well.set(false);
                            }
                            if (!well.get()) {
                                throw new IllegalStateException("no database");
                            }
                        },
                        ReceiverOptions.id("database"));
        bench().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer = reader.consume(
                bench().group(), retrying(RetryPolicy.none()).withHealthCheck(well::get, Duration.ofMillis(5)));

        Workbench.await("a failure", () -> failures.get() == 1);
        Workbench.holds(
                "nothing is delivered while the service is unwell",
                () -> consumer.counts().acknowledged() <= 1
                        && !reader.recorder().data(STEP).contains(new Step("ada", 2)));
        well.set(true);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().failed()).isZero();
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 4));
    }
}
