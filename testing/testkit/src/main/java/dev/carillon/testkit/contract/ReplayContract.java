package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How events come to one group once more. */
interface ReplayContract extends ContractTest {

    private Replay replay(Service service) {
        return service.bus().replay(bench().topic(), bench().group(), Map.of(STEP.eventType(), STEP_KEY));
    }

    @Test
    default void aReplayBringsTheEventsOfATopicToOneGroupInOrder() {
        Service reader = bench().service("reader");
        Service other = bench().service("other");
        List<Step> steps = steps(3, 5);
        bench().publish(steps);
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
        other.consume(bench().group("others"), bench().fromEarliest());
        reader.recorder().await(STEP, 15);
        other.recorder().await(STEP, 15);

        assertThat(replay(reader).count()).isEqualTo(15);
        assertThat(replay(reader).run()).isEqualTo(15);

        reader.recorder().await(STEP, 30);
        List<Step> again = reader.recorder().data(STEP).subList(15, 30);
        assertThat(byLearner(again)).isEqualTo(byLearner(steps));
        assertThat(reader.recorder().events(STEP).get(29).metadata().id())
                .isIn(reader.recorder().events(STEP).subList(0, 15).stream()
                        .map(event -> event.metadata().id())
                        .toList());
        Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 30);
        assertThat(other.recorder().data(STEP)).hasSize(15);
    }

    @Test
    default void aReplayTakesWhatIsChosenByTypeIdKeyAndPosition() {
        Service reader = bench().service("reader");
        List<String> positions = bench().publish(stepsOf("ada", 0, 4));
        bench().publish(stepsOf("bob", 0, 3));
        String id = bench().sender().published().entrySet().stream()
                .filter(entry -> entry.getValue().equals(new Step("bob", 2)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();

        assertThat(replay(reader).types(Set.of(STEP.eventType())).count()).isEqualTo(7);
        assertThat(replay(reader).types(Set.of("another")).count()).isZero();
        assertThat(replay(reader).ids(Set.of(id)).count()).isEqualTo(1);
        assertThat(replay(reader).keys(Set.of("ada")).count()).isEqualTo(4);
        assertThat(replay(reader).keys(Set.of("ada")).ids(Set.of(id)).count()).isZero();
        assertThat(replay(reader)
                        .keys(Set.of("ada"))
                        .from(StartAt.after(positions.get(1)))
                        .count())
                .isEqualTo(2);
        assertThat(replay(reader).from(StartAt.latest()).count()).isZero();
        assertThat(reader.bus().replay(bench().topic("never"), bench().group()).count())
                .isZero();
    }

    @Test
    default void aReplayMayBeginAtATime() {
        Service reader = bench().service("reader");
        bench().publish(stepsOf("ada", 0, 2));
        Instant between = Workbench.laterThan(Clock.systemUTC().instant());
        Workbench.laterThan(between);
        bench().publish(stepsOf("ada", 2, 5));

        assertThat(replay(reader).from(StartAt.time(between)).count()).isEqualTo(3);
    }
}
