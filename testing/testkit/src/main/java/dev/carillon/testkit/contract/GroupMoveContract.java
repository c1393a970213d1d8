package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How operators move groups. */
interface GroupMoveContract extends ContractPart {

    private GroupMove plan(StartAt to) {
        return fixture().admin(admin -> admin.plan(fixture().topic(), fixture().group(), to));
    }

    private void move(StartAt to, boolean force) {
        fixture().admin(admin -> {
            admin.move(fixture().topic(), fixture().group(), to, force);
            return "moved";
        });
    }

    private void move(StartAt to) {
        move(to, false);
    }

    private GroupState state() {
        List<GroupState> states =
                fixture().admin(admin -> admin.groups(Set.of(fixture().topic())));
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    @Test
    default void aGroupMovedToTheEarliestReceivesEverythingAgain() {
        List<Step> all = steps(3, 4);
        fixture().consumed(all);

        assertThat(plan(StartAt.earliest())).satisfies(plan -> {
            assertThat(plan.redelivered()).hasValue(12);
            assertThat(plan.skipped()).hasValue(0);
            assertThat(plan.members()).isEmpty();
        });
        move(StartAt.earliest());

        assertThat(state().lag()).hasValue(12);
        assertThat(byLearner(fixture().leftFor(fixture().group(), "learner-0", "learner-1", "learner-2")))
                .isEqualTo(byLearner(all));
    }

    @Test
    default void aGroupMovedIntoTheFutureReceivesWhatIsPublishedNext() {
        fixture().consumed(stepsOf("ada", 0, 3));

        move(StartAt.time(Instant.parse("9999-01-01T00:00:00Z")));
        fixture().publish(stepsOf("ada", 3, 5));

        assertThat(fixture().leftFor(fixture().group(), "ada")).isEqualTo(stepsOf("ada", 3, 5));
    }

    @Test
    default void aGroupMovedToTheLatestSkipsWhatIsThere() {
        fixture().consumed(stepsOf("ada", 0, 3));
        fixture().publish(steps(3, 4));

        assertThat(plan(StartAt.latest())).satisfies(plan -> {
            assertThat(plan.redelivered()).hasValue(0);
            assertThat(plan.skipped()).hasValue(12);
        });
        move(StartAt.latest());

        assertThat(state().lag()).hasValue(0);
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void aGroupMovedToATimeReceivesWhatWasPublishedSince() {
        fixture().consumed(stepsOf("ada", 0, 3));
        Instant between = fixture().laterThan(Instant.now());
        fixture().laterThan(Instant.now());
        fixture().consumed(stepsOf("ada", 3, 6));

        assertThat(plan(StartAt.time(between)).redelivered()).hasValue(3);
        move(StartAt.time(between));

        assertThat(fixture().leftFor(fixture().group(), "ada")).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    @Test
    default void aGroupMovedAfterAPositionReceivesTheRest() {
        List<String> positions = fixture().consumed(stepsOf("ada", 0, 6));

        assertThat(plan(StartAt.after(positions.get(1))).redelivered()).hasValue(4);
        move(StartAt.after(positions.get(1)));

        assertThat(fixture().leftFor(fixture().group(), "ada")).containsExactlyElementsOf(stepsOf("ada", 2, 6));
    }

    @Test
    default void aGroupMovedAfterATwoDigitPositionReceivesTheRest() {
        List<String> positions = fixture().consumed(stepsOf("ada", 0, 15));

        assertThat(plan(StartAt.after(positions.get(11))).redelivered()).hasValue(3);
        move(StartAt.after(positions.get(11)));

        assertThat(fixture().leftFor(fixture().group(), "ada")).containsExactlyElementsOf(stepsOf("ada", 12, 15));
    }

    @Test
    default void aGroupWithLiveMembersIsNotMoved() {
        fixture().publish(steps(3, 2));
        Service reader = fixture().service("reader");
        ConsumerOptions options = fixture().fromEarliest().withConsumerName("reader-1");
        try (RunningConsumer consumer = reader.consume(fixture().group(), options)) {
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 6);

            assertThat(plan(StartAt.earliest()).members()).containsExactly("reader-1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> move(StartAt.earliest()))
                    .withMessageContaining(fixture().group())
                    .withMessageContaining(fixture().topic())
                    .withMessageContaining("reader-1");
            assertThat(state().lag()).hasValue(0);
        }
    }

    @Test
    default void aGroupWhoseMemberHasReadNothingYetIsNotMoved() {
        fixture().consumed(stepsOf("ada", 0, 3));
        Service reader = fixture().service("reader");
        ConsumerOptions options = fixture().fromEarliest().withConsumerName("idle-reader");
        try (RunningConsumer consumer = reader.consume(fixture().group(), options)) {
            fixture().await("a member", () -> state().members().contains("idle-reader"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> move(StartAt.earliest()))
                    .withMessageContaining("idle-reader");
            assertThat(consumer.counts().delivered()).isZero();
        }
    }

    @Test
    default void anUnknownTopicOrGroupIsRefusedWithTheNearestName() {
        fixture().consumed(stepsOf("ada", 0, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture()
                        .admin(admin ->
                                admin.plan(fixture().topic("stepps"), fixture().group(), StartAt.latest())))
                .withMessageContaining("'" + fixture().topic("stepps") + "'")
                .withMessageContaining("'" + fixture().topic() + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture()
                        .admin(admin -> admin.plan(fixture().topic(), fixture().group("raeders"), StartAt.latest())))
                .withMessageContaining("'" + fixture().group("raeders") + "'")
                .withMessageContaining("Did you mean '" + fixture().group() + "'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture().admin(admin -> {
                    admin.move(fixture().topic(), fixture().group("raeders"), StartAt.latest(), true);
                    return "moved";
                }))
                .withMessageContaining("Did you mean '" + fixture().group() + "'?");
    }

    @Test
    default void aMalformedPositionIsRefused() {
        fixture().consumed(stepsOf("ada", 0, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(StartAt.after("not a position")))
                .withMessageContaining("'not a position'");
    }

    @Test
    default void aForcedMoveMakesLiveMembersContinueAtTheNewPosition() {
        assumeTrue(fixture().traits().forcesMoves(), "this broker refuses to move a group with live members");
        fixture().publish(stepsOf("ada", 0, 12));
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 12);

        move(StartAt.earliest(), true);

        reader.recorder().await("everything again", events -> events.size() >= 24);
        fixture().publish(stepsOf("ada", 12, 15));
        reader.recorder()
                .await("later steps", events -> reader.recorder().data(STEP).contains(new Step("ada", 14)));
        List<Step> again = reader.recorder()
                .data(STEP)
                .subList(12, reader.recorder().data(STEP).size());
        assertThat(again.stream().distinct()).containsExactlyElementsOf(stepsOf("ada", 0, 15));
        fixture().await("no lag", () -> state().lag().equals(OptionalLong.of(0)));
        assertThat(consumer.hasEnded()).isFalse();
        consumer.close();
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void aForcedMoveThatTheBrokerCannotMakeIsRefusedAndMovesNothing() {
        assumeFalse(fixture().traits().forcesMoves(), "this broker moves a group with live members");
        fixture().publish(stepsOf("ada", 0, 3));
        Service reader = fixture().service("reader");
        try (RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withConsumerName("reader-1"))) {
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);

            assertThatIllegalStateException()
                    .isThrownBy(() -> move(StartAt.earliest(), true))
                    .withMessageContaining(fixture().group())
                    .withMessageContaining("reader-1");
        }
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }
}
