package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Health, liveness and readiness of a consumer, and pausing topics. */
interface HealthContract extends ContractPart {

    @Test
    default void aConsumerIsReadyOnceTheBrokerRespondedAndNotLiveOnceItEnded() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        fixture().await("readiness", () -> consumer.health().isReady(Instant.now()));
        assertThat(consumer.health().isLive(Instant.now().plus(Duration.ofMinutes(2))))
                .isFalse();
        consumer.close();
        assertThat(consumer.health().isLive(Instant.now())).isFalse();
        assertThat(consumer.health().isReady(Instant.now())).isFalse();
    }

    @Test
    default void aConsumerWhoseServiceIsUnhealthyIsLiveAndNotReady() {
        AtomicBoolean healthy = new AtomicBoolean(true);
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(
                fixture().group(), fixture().fromEarliest().withHealthCheck(healthy::get, Duration.ofMillis(5)));
        fixture().await("readiness", () -> consumer.health().isReady(Instant.now()));

        healthy.set(false);

        fixture().await("no readiness", () -> !consumer.health().isReady(Instant.now()));
        assertThat(consumer.health().isLive(Instant.now())).isTrue();
        healthy.set(true);
        fixture().await("readiness again", () -> consumer.health().isReady(Instant.now()));
    }

    @Test
    default void aHungReceiverIsReportedWithItsEvent() throws Exception {
        Service reader = fixture().service("reader");
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            blocking.connect(reader.events());
            List<String> positions = fixture().publish(stepsOf("ada", 0, 1));
            RunningConsumer consumer =
                    reader.consume(fixture().group(), fixture().fromEarliest());
            blocking.awaitBlocked();

            fixture()
                    .await(
                            "a busy worker",
                            () -> !consumer.health().busyWorkers().isEmpty());
            ConsumerHealth health = consumer.health();
            Instant later = Instant.now().plus(Duration.ofMinutes(6));
            assertThat(health.stuckWorkers(Instant.now())).isEmpty();
            assertThat(health.stuckWorkers(later))
                    .singleElement()
                    .satisfies(worker -> assertThat(worker.message())
                            .startsWith(fixture().topic())
                            .endsWith("@" + positions.get(0)));

            blocking.release();
            fixture()
                    .await(
                            "no busy worker",
                            () -> consumer.health().busyWorkers().isEmpty());
        }
    }

    @Test
    default void aPausedTopicDeliversNothingUntilItIsResumedWhileOthersContinue() {
        String paused = fixture().topic("paused");
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(
                List.of(fixture().topic(), paused), fixture().group(), fixture().fromEarliest());
        fixture().publish(paused, stepsOf("bob", 0, 2));
        reader.recorder().await(STEP, 2);

        consumer.pause(paused);
        fixture().await("the pause", () -> consumer.health().pausedTopics().contains(paused));
        fixture().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 3); // one poll may have been in progress
        fixture().publish(paused, stepsOf("bob", 2, 6));
        fixture().publish(stepsOf("ada", 1, 3));

        reader.recorder().await(STEP, 5);
        fixture()
                .holds(
                        "the paused topic delivers nothing",
                        () -> reader.recorder().data(STEP).stream().noneMatch(new Step("bob", 2)::equals));

        consumer.resume(paused);
        reader.recorder().await(STEP, 9);
        assertThat(reader.recorder().data(STEP))
                .filteredOn(step -> step.learner().equals("bob"))
                .containsExactlyElementsOf(stepsOf("bob", 0, 6));
    }

    @Test
    default void aConsumerWhoseTopicsAreAllPausedReadsNothingUntilOneIsResumed() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        fixture().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 1);
        fixture().await("acknowledgement", () -> consumer.counts().acknowledged() == 1);

        consumer.pause(fixture().topic());
        Instant before = Instant.now();
        fixture()
                .await(
                        "a poll loop iteration after the pause",
                        () -> before.plusSeconds(1)
                                .isBefore(
                                        Objects.requireNonNull(consumer.health().lastProgress())));
        fixture().publish(stepsOf("ada", 1, 3));
        fixture()
                .holds(
                        "nothing is delivered",
                        () -> reader.recorder().data(STEP).size() == 1);

        consumer.resume(fixture().topic());
        reader.recorder().await(STEP, 3);
    }

    @Test
    default void aTopicThatIsNotConsumedCannotBePaused() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        assertThatThrownBy(() -> consumer.pause("another"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another")
                .hasMessageContaining(fixture().topic());
    }
}
