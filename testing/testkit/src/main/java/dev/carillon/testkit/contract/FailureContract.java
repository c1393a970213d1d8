package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.PRIVATE;
import static dev.carillon.testkit.contract.ContractEvents.PROBE_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.ProduceException;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy.FailedDelivery;
import dev.carillon.bus.consumer.StopReason;
import dev.carillon.bus.consumer.TooManyErrorsException;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.testkit.contract.ContractEvents.Probe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What becomes of an event that a receiver fails on, and of the consumer. */
interface FailureContract extends ContractTest {

    @Test
    default void aFailingReceiverIsCountedAndToldToThePolicyWhileTheOthersGoOn() {
        IllegalStateException cause = new IllegalStateException("out of chalk");
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");
        reader.events().connect(STEP, "failing", event -> {
            if (event.data().number() == 1) {
                throw cause;
            }
        });
        List<String> positions = bench().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 4);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(consumer.counts().delivered()).isEqualTo(4);
        FailedDelivery failed = failures.deliveries().get(0);
        assertThat(failures.deliveries()).hasSize(1);
        assertThat(failed.group()).isEqualTo(bench().group());
        assertThat(failed.receiverName()).isEqualTo("failing");
        assertThat(failed.cause()).isSameAs(cause);
        assertThat(failed.metadata())
                .isEqualTo(reader.recorder().events(STEP).get(1).metadata());
        assertThat(failed.message().topic()).isEqualTo(bench().topic());
        assertThat(failed.message().position()).isEqualTo(positions.get(1));
        consumer.close();
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
    }

    @Test
    default void anEventWhoseReceiverSendsWhatCannotBePublishedHasFailed() {
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");
        reader.events()
                .connect(
                        STEP,
                        "sending",
                        event -> assertThat(reader.send(
                                        bench().topic("outputs"),
                                        PRIVATE,
                                        PROBE_KEY,
                                        new Probe("out"),
                                        reader.events().newMetadata(PRIVATE)))
                                .isCompletedExceptionally());
        bench().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(bench().topic()),
                bench().group(),
                bench().fromEarliest().withFailurePolicy(failures));

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(failures.deliveries()).singleElement().satisfies(failed -> {
            assertThat(failed.receiverName()).isEqualTo("sending");
            assertThat(failed.cause()).isInstanceOf(ProduceException.class).hasMessageContaining("it holds a secret");
        });
    }

    @Test
    default void aReceiverThatFailsInAnExecutorIsToldToThePolicy() {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Executor atOnce = Runnable::run;
        RecordedFailures failures = new RecordedFailures();
        Service reader = bench().service("reader");
        for (var executor : Map.of("in a pool", pool, "at once", atOnce).entrySet()) {
            reader.events()
                    .connect(
                            STEP,
                            event -> {
                                throw new IllegalStateException("out of chalk");
                            },
                            ReceiverOptions.id(executor.getKey()).on(executor.getValue()));
        }
        bench().publish(stepsOf("ada", 0, 10));

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withFailurePolicy(failures));

        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 10);
        pool.shutdown();
        assertThat(consumer.counts().failed()).isEqualTo(20);
        assertThat(failures.deliveries())
                .filteredOn(failed -> failed.receiverName().equals("at once"))
                .hasSize(10);
        assertThat(failures.deliveries())
                .filteredOn(failed -> failed.receiverName().equals("in a pool"))
                .hasSize(10);
    }

    @Test
    default void endsWhenErrorsInARowReachTheLimit() {
        Service reader = bench().service("reader", limit(3));
        reader.events().connect(STEP, event -> {
            throw new IllegalStateException("out of chalk");
        });
        bench().publish(stepsOf("ada", 0, 10));

        ConsumerOptions options = bench().fromEarliest().withConsumerName("one");

        RunningConsumer consumer = reader.consume(bench().group(), options);

        assertThatThrownBy(consumer::awaitEnd)
                .isInstanceOf(TooManyErrorsException.class)
                .hasMessageContaining("3 errors in a row")
                .hasMessageContaining(bench().setting("CONSUMER_CONSECUTIVE_ERRORS_LIMIT"));
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(bench().leftFor(bench().group(), List.of("ada"), options))
                .containsExactlyElementsOf(stepsOf("ada", 3, 10));
    }

    @Test
    default void aSuccessEndsARowOfErrors() {
        Service reader = bench().service("reader", limit(3));
        reader.events().connect(STEP, event -> {
            if (event.data().number() % 3 != 2) {
                throw new IllegalStateException("out of chalk");
            }
        });
        bench().publish(stepsOf("ada", 0, 30));

        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        reader.recorder().await(STEP, 30);
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 30);
        consumer.stop();
        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().failed()).isEqualTo(20);
    }

    private Map<String, Object> limit(int errors) {
        return Map.of(bench().setting("CONSUMER_CONSECUTIVE_ERRORS_LIMIT"), errors);
    }
}
