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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a consumer tells of itself, and how it is paused. */
interface HealthContract extends ContractTest {

    @Test
    default void aConsumerIsReadyOnceTheBrokerAnsweredAndNotLiveOnceItEnded() {
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        Workbench.await("readiness", () -> consumer.health().isReady(Instant.now()));
        assertThat(consumer.health().isLive(Instant.now().plus(Duration.ofMinutes(2))))
                .isFalse();
        consumer.close();
        assertThat(consumer.health().isLive(Instant.now())).isFalse();
        assertThat(consumer.health().isReady(Instant.now())).isFalse();
    }

    @Test
    default void aConsumerWhoseServiceIsUnwellIsLiveAndNotReady() {
        AtomicBoolean well = new AtomicBoolean(true);
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(
                bench().group(), bench().fromEarliest().withHealthCheck(well::get, Duration.ofMillis(5)));
        Workbench.await("readiness", () -> consumer.health().isReady(Instant.now()));

        well.set(false);

        Workbench.await("no readiness", () -> !consumer.health().isReady(Instant.now()));
        assertThat(consumer.health().isLive(Instant.now())).isTrue();
        well.set(true);
        Workbench.await("readiness again", () -> consumer.health().isReady(Instant.now()));
    }

    @Test
    default void aReceiverThatHangsIsNamedByItsEvent() throws Exception {
        Service reader = bench().service("reader");
        try (HeldReceiver held = new HeldReceiver()) {
            held.connect(reader.events());
            List<String> positions = bench().publish(stepsOf("ada", 0, 1));
            RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
            held.awaitEntered();

            Workbench.await("a busy lane", () -> !consumer.health().busyWorkers().isEmpty());
            ConsumerHealth health = consumer.health();
            Instant later = Instant.now().plus(Duration.ofMinutes(6));
            assertThat(health.stuckWorkers(Instant.now())).isEmpty();
            assertThat(health.stuckWorkers(later))
                    .singleElement()
                    .satisfies(lane -> assertThat(lane.message())
                            .startsWith(bench().topic())
                            .endsWith("@" + positions.get(0)));

            held.letGo();
            Workbench.await("no busy lane", () -> consumer.health().busyWorkers().isEmpty());
        }
    }

    @Test
    default void aTopicThatIsPausedKeepsItsEventsUntilItIsResumedWhileOthersGoOn() {
        String paused = bench().topic("paused");
        Service reader = bench().service("reader");
        RunningConsumer consumer =
                reader.consume(List.of(bench().topic(), paused), bench().group(), bench().fromEarliest());
        bench().publish(paused, stepsOf("bob", 0, 2));
        reader.recorder().await(STEP, 2);

        consumer.pause(paused);
        Workbench.await("the pause", () -> consumer.health().pausedTopics().contains(paused));
        bench().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 3); // one poll may have been under way
        bench().publish(paused, stepsOf("bob", 2, 6));
        bench().publish(stepsOf("ada", 1, 3));

        reader.recorder().await(STEP, 5);
        Workbench.holds(
                "nothing comes from the topic that is paused",
                () -> reader.recorder().data(STEP).stream().noneMatch(new Step("bob", 2)::equals));

        consumer.resume(paused);
        reader.recorder().await(STEP, 9);
        assertThat(reader.recorder().data(STEP))
                .filteredOn(step -> step.learner().equals("bob"))
                .containsExactlyElementsOf(stepsOf("bob", 0, 6));
    }

    @Test
    default void aConsumerWhoseTopicsAreAllPausedReadsNothingUntilOneIsResumed() {
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
        bench().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP, 1);
        Workbench.await("it acknowledged", () -> consumer.counts().acknowledged() == 1);

        consumer.pause(bench().topic());
        Instant before = Instant.now();
        Workbench.await(
                "a turn behind the pause",
                () -> before.plusSeconds(1)
                        .isBefore(java.util.Objects.requireNonNull(
                                consumer.health().lastTurn())));
        bench().publish(stepsOf("ada", 1, 3));
        Workbench.holds("nothing comes", () -> reader.recorder().data(STEP).size() == 1);

        consumer.resume(bench().topic());
        reader.recorder().await(STEP, 3);
    }

    @Test
    default void aConsumerTellsHowFarItsGroupIsBehind() {
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
        bench().publish(stepsOf("ada", 0, 2));
        Workbench.await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        assertThat(lag(consumer)).isZero();

        consumer.pause(bench().topic());
        Workbench.await("the pause", () -> !consumer.health().pausedTopics().isEmpty());
        Workbench.laterThan(Instant.now().plusSeconds(1)); // one poll may have been under way
        bench().publish(stepsOf("ada", 2, 5));

        assertThat(lag(consumer)).isEqualTo(3);
    }

    private long lag(RunningConsumer consumer) {
        return consumer.lag().stream()
                .filter(state -> state.topic().equals(bench().topic()))
                .findFirst()
                .orElseThrow()
                .lag()
                .orElseThrow();
    }

    @Test
    default void aTopicThatIsNotReadCannotBePaused() {
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        assertThatThrownBy(() -> consumer.pause("another"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another")
                .hasMessageContaining(bench().topic());
    }
}
