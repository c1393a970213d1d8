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

/** What a consumer does when receivers fail for the last time. */
interface FailureContract extends ContractPart {

    @Test
    default void aFailingReceiverIsCountedAndReportedToTheFailurePolicyWhileOthersContinue() {
        IllegalStateException cause = new IllegalStateException("receiver failed");
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");
        reader.events().connect(STEP, "failing", event -> {
            if (event.data().number() == 1) {
                throw cause;
            }
        });
        List<String> positions = fixture().publish(stepsOf("ada", 0, 4));

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        reader.recorder().await(STEP, 4);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(consumer.counts().delivered()).isEqualTo(4);
        FailedDelivery failed = failures.deliveries().get(0);
        assertThat(failures.deliveries()).hasSize(1);
        assertThat(failed.group()).isEqualTo(fixture().group());
        assertThat(failed.receiverName()).isEqualTo("failing");
        assertThat(failed.cause()).isSameAs(cause);
        assertThat(failed.metadata())
                .isEqualTo(reader.recorder().events(STEP).get(1).metadata());
        assertThat(failed.message().topic()).isEqualTo(fixture().topic());
        assertThat(failed.message().position()).hasToString(positions.get(1));
        consumer.close();
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void anEventFailsWhenItsReceiverSendsWhatCannotBePublished() {
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");
        reader.events()
                .connect(
                        STEP,
                        "sending",
                        event -> assertThat(reader.send(
                                        fixture().topic("outputs"),
                                        PRIVATE,
                                        PROBE_KEY,
                                        new Probe("out"),
                                        reader.events().newMetadata(PRIVATE)))
                                .isCompletedExceptionally());
        fixture().publish(stepsOf("ada", 0, 1));

        RunningConsumer consumer = reader.consumeUnrecorded(
                List.of(fixture().topic()),
                fixture().group(),
                fixture().fromEarliest().withFailurePolicy(failures));

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 1);
        assertThat(consumer.counts().failed()).isEqualTo(1);
        assertThat(failures.deliveries()).singleElement().satisfies(failed -> {
            assertThat(failed.receiverName()).isEqualTo("sending");
            assertThat(failed.cause()).isInstanceOf(ProduceException.class).hasMessageContaining("it holds a secret");
        });
    }

    @Test
    default void aReceiverThatFailsInAnExecutorIsReportedToTheFailurePolicy() {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Executor sameThread = Runnable::run;
        RecordingFailurePolicy failures = new RecordingFailurePolicy();
        Service reader = fixture().service("reader");
        for (var executor : Map.of("in a pool", pool, "same thread", sameThread).entrySet()) {
            reader.events()
                    .connect(
                            STEP,
                            event -> {
                                throw new IllegalStateException("receiver failed");
                            },
                            ReceiverOptions.id(executor.getKey()).on(executor.getValue()));
        }
        fixture().publish(stepsOf("ada", 0, 10));

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withFailurePolicy(failures));

        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 10);
        pool.shutdown();
        assertThat(consumer.counts().failed()).isEqualTo(20);
        assertThat(failures.deliveries())
                .filteredOn(failed -> failed.receiverName().equals("same thread"))
                .hasSize(10);
        assertThat(failures.deliveries())
                .filteredOn(failed -> failed.receiverName().equals("in a pool"))
                .hasSize(10);
    }

    @Test
    default void endsWhenConsecutiveErrorsReachTheLimit() {
        Service reader = fixture().service("reader", limit(3));
        reader.events().connect(STEP, event -> {
            throw new IllegalStateException("receiver failed");
        });
        fixture().publish(stepsOf("ada", 0, 10));

        ConsumerOptions options = fixture().fromEarliest().withConsumerName("one");

        RunningConsumer consumer = reader.consume(fixture().group(), options);

        assertThatThrownBy(consumer::awaitEnd)
                .isInstanceOf(TooManyErrorsException.class)
                .hasMessageContaining("3 consecutive errors")
                .hasMessageContaining(fixture().setting("CONSUMER_CONSECUTIVE_ERRORS_LIMIT"));
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(fixture().leftFor(fixture().group(), List.of("ada"), options))
                .containsExactlyElementsOf(stepsOf("ada", 3, 10));
    }

    @Test
    default void aSuccessResetsTheConsecutiveErrors() {
        Service reader = fixture().service("reader", limit(3));
        reader.events().connect(STEP, event -> {
            if (event.data().number() % 3 != 2) {
                throw new IllegalStateException("receiver failed");
            }
        });
        fixture().publish(stepsOf("ada", 0, 30));

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        reader.recorder().await(STEP, 30);
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 30);
        consumer.stop();
        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().failed()).isEqualTo(20);
    }

    private Map<String, Object> limit(int errors) {
        return Map.of(fixture().setting("CONSUMER_CONSECUTIVE_ERRORS_LIMIT"), errors);
    }
}
