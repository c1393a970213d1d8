package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replaying events of a topic to one group. */
interface ReplayContract extends ContractPart {

    private Replay replay(Service service) {
        return service.bus().replay(fixture().topic(), fixture().group(), Map.of(STEP.eventType(), STEP_KEY));
    }

    @Test
    default void aReplayDeliversTheEventsOfATopicToOneGroupInOrder() {
        Service reader = fixture().service("reader");
        Service other = fixture().service("other");
        List<Step> steps = steps(3, 5);
        fixture().publish(steps);
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        other.consume(fixture().group("others"), fixture().fromEarliest());
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
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 30);
        assertThat(other.recorder().data(STEP)).hasSize(15);
    }

    @Test
    default void aReplaySelectsByTypeIdKeyAndPosition() {
        Service reader = fixture().service("reader");
        List<String> positions = fixture().publish(stepsOf("ada", 0, 4));
        fixture().publish(stepsOf("bob", 0, 3));
        String id = fixture().sender().published().entrySet().stream()
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
        assertThat(reader.bus()
                        .replay(fixture().topic("never"), fixture().group())
                        .count())
                .isZero();
    }

    /** A group's own topics start at the earliest message, whatever the consumer says. */
    @Test
    default void aReplayReachesAGroupThatNeverReadItsRetryTopicAndStartsAtTheLatestMessage() {
        Service reader = fixture().service("reader");
        fixture().publish(stepsOf("ada", 0, 5));
        RunningConsumer first = reader.consume(
                fixture().group(), fixture().fromEarliest().withFailurePolicy(FailurePolicy.logAndAcknowledge()));
        fixture().await("all acknowledged", () -> first.counts().acknowledged() == 5);
        first.close();

        assertThat(replay(reader).run()).isEqualTo(5);
        reader.consume(fixture().group(), fixture().options().withStartAt(StartAt.latest()));

        reader.recorder().await(STEP, 10);
        assertThat(reader.recorder().data(STEP).subList(5, 10)).containsExactlyElementsOf(stepsOf("ada", 0, 5));
    }

    @Test
    default void aReplayMayStartAtATime() {
        Service reader = fixture().service("reader");
        fixture().publish(stepsOf("ada", 0, 2));
        Instant between = fixture().laterThan(Clock.systemUTC().instant());
        fixture().laterThan(between);
        fixture().publish(stepsOf("ada", 2, 5));

        assertThat(replay(reader).from(StartAt.time(between)).count()).isEqualTo(3);
    }
}
