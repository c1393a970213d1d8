package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.transport.GroupState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lag, members and topics, as operators see them. */
interface GroupStateContract extends ContractPart {

    private List<GroupState> states() {
        return fixture().admin(admin -> admin.groups(Set.of(fixture().topic())));
    }

    private GroupState state() {
        List<GroupState> states = states();
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    @Test
    default void reportsTheLagOfAGroupAndTheAgeOfItsOldestEvent() {
        fixture().consumed(stepsOf("ada", 0, 3));
        Instant before = Clock.systemUTC().instant();
        fixture().publish(steps(3, 4));

        GroupState state = state();

        assertThat(state.topic()).isEqualTo(fixture().topic());
        assertThat(state.group()).isEqualTo(fixture().group());
        assertThat(state.members()).isEmpty();
        assertThat(state.lag()).hasValue(12);
        assertThat(state.oldest())
                .hasValueSatisfying(age -> assertThat(age)
                        .isBetween(
                                Duration.ZERO,
                                Duration.between(before, Clock.systemUTC().instant())
                                        .plusMillis(1))); // brokers count in milliseconds
        assertThat(state.pending().orElse(0)).isZero();
        assertThat(state.length()).isEqualTo(15);
    }

    @Test
    default void aGroupThatIsUpToDateHasNoLagAndNoOldestEvent() {
        fixture().consumed(steps(3, 2));

        GroupState state = state();

        assertThat(state.lag()).hasValue(0);
        assertThat(state.oldest()).isEmpty();
        assertThat(state.pending().orElse(0)).isZero();
    }

    @Test
    default void aGroupThatStartedAtTheLatestMessageHasNoLag() {
        fixture().publish(steps(3, 2));
        Service reader = fixture().service("reader");
        try (RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().options())) {
            fixture().await("the group", () -> !states().isEmpty());
            fixture().await("no lag", () -> state().lag().equals(OptionalLong.of(0)));
            assertThat(consumer.counts().delivered()).isZero();
        }
    }

    @Test
    default void listsTheLiveMembersOfAGroup() {
        fixture().publish(steps(3, 2));
        Service reader = fixture().service("reader");
        try (RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withConsumerName("reader-1"))) {
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 6);

            assertThat(state().members()).containsExactly("reader-1");
        }
    }

    @Test
    default void listsTheTopicsThatExistAndCreatesNone() {
        fixture().publish(fixture().topic("first"), stepsOf("ada", 0, 1));
        fixture().publish(fixture().topic("second"), stepsOf("ada", 0, 2));

        List<String> topics = fixture().admin(BusAdmin::topics);
        long second = fixture().admin(admin -> admin.length(fixture().topic("second")));
        long third = fixture().admin(admin -> admin.length(fixture().topic("third")));
        List<GroupState> nobody =
                fixture().admin(admin -> admin.groups(List.of(fixture().topic("third"))));

        assertThat(topics).contains(fixture().topic("first"), fixture().topic("second"));
        assertThat(second).isEqualTo(2);
        assertThat(third).isZero();
        assertThat(nobody).isEmpty();
        List<String> after = fixture().admin(BusAdmin::topics);
        assertThat(after).doesNotContain(fixture().topic("third"));
    }

    @Test
    default void aConsumerReportsTheLagOfItsGroup() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        fixture().publish(stepsOf("ada", 0, 2));
        fixture().await("both acknowledged", () -> consumer.counts().acknowledged() == 2);
        assertThat(lag(consumer)).isZero();

        consumer.pause(fixture().topic());
        fixture().await("the pause", () -> !consumer.health().pausedTopics().isEmpty());
        fixture().laterThan(Instant.now().plusSeconds(1)); // one poll may have been in progress
        fixture().publish(stepsOf("ada", 2, 5));

        assertThat(lag(consumer)).isEqualTo(3);
    }

    private long lag(RunningConsumer consumer) {
        return consumer.groupStates().stream()
                .filter(state -> state.topic().equals(fixture().topic()))
                .findFirst()
                .orElseThrow()
                .lag()
                .orElseThrow();
    }
}
