package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators see of groups, and how they move them. */
interface AdminContract extends ContractTest {

    @Test
    default void showsHowManyEventsAGroupHasNotHadAndHowOldTheOldestIs() {
        consumed(stepsOf("ada", 0, 3));
        Instant before = Clock.systemUTC().instant();
        bench().publish(steps(3, 4));

        GroupState state = state();

        assertThat(state.topic()).isEqualTo(bench().topic());
        assertThat(state.group()).isEqualTo(bench().group());
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
    default void aGroupThatHasHadEverythingHasNothingOld() {
        consumed(steps(3, 2));

        GroupState state = state();

        assertThat(state.lag()).hasValue(0);
        assertThat(state.oldest()).isEmpty();
        assertThat(state.pending().orElse(0)).isZero();
    }

    @Test
    default void aGroupThatBeganAtTheEndHasNothingBehindIt() {
        bench().publish(steps(3, 2));
        Service reader = bench().service("reader");
        try (RunningConsumer consumer = reader.consume(bench().group(), bench().options())) {
            Workbench.await("the group to be there", () -> !states().isEmpty());
            Workbench.await("the group to stand at the end", () -> state().lag().equals(OptionalLong.of(0)));
            assertThat(consumer.counts().delivered()).isZero();
        }
    }

    @Test
    default void namesTheMembersThatAreAlive() {
        bench().publish(steps(3, 2));
        Service reader = bench().service("reader");
        try (RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withConsumerName("reader-1"))) {
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 6);

            assertThat(state().members()).containsExactly("reader-1");
        }
    }

    @Test
    default void listsTopicsByTheirBeginning() {
        bench().publish(bench().topic("first"), stepsOf("ada", 0, 1));
        bench().publish(bench().topic("second"), stepsOf("ada", 0, 2));

        List<String> topics = admin(BusAdmin::topics);
        long second = admin(admin -> admin.length(bench().topic("second")));
        long third = admin(admin -> admin.length(bench().topic("third")));
        List<GroupState> nobody = admin(admin -> admin.groups(List.of(bench().topic("third"))));

        assertThat(topics).contains(bench().topic("first"), bench().topic("second"));
        assertThat(second).isEqualTo(2);
        assertThat(third).isZero();
        assertThat(nobody).isEmpty();
        List<String> after = admin(BusAdmin::topics);
        assertThat(after).doesNotContain(bench().topic("third"));
    }

    @Test
    default void countsTheDeadLettersOfAGroup() {
        Service reader = bench().service("reader");
        reader.events().connect(STEP, event -> {
            if (event.data().number() > 1) {
                throw new IllegalStateException("too far");
            }
        });
        bench().publish(stepsOf("ada", 0, 4));
        ConsumerOptions once =
                bench().fromEarliest().withRetries(RetryPolicy.defaults().withMaxAttempts(1));
        try (RunningConsumer consumer = reader.consume(bench().group(), once)) {
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 4);
        }
        String topic = bench().topic();

        assertThat(deadLetters(bench().group())).hasValue(2);
        DeadLetters letters = reader.bus().deadLetters(topic, bench().group());
        letters.discard(List.of(letters.list().get(0)));
        assertThat(deadLetters(bench().group())).hasValue(1);
        assertThat(deadLetters("others")).hasValue(0);
        List<String> topics = admin(BusAdmin::topics);
        assertThat(topics)
                .contains(GroupTopics.deadLetters(topic, bench().group()))
                .doesNotContain(GroupTopics.deadLetters(topic, "others"));
    }

    @Test
    default void aGroupThatIsMovedToTheEarliestGetsEverythingAgain() {
        List<Step> all = steps(3, 4);
        consumed(all);

        assertThat(plan(StartAt.earliest())).satisfies(plan -> {
            assertThat(plan.again()).hasValue(12);
            assertThat(plan.passedOver()).hasValue(0);
            assertThat(plan.members()).isEmpty();
        });
        move(StartAt.earliest());

        assertThat(state().lag()).hasValue(12);
        assertThat(byLearner(bench().leftFor(bench().group(), "learner-0", "learner-1", "learner-2")))
                .isEqualTo(byLearner(all));
    }

    @Test
    default void aGroupThatIsMovedIntoTheFutureGetsWhatComesNext() {
        consumed(stepsOf("ada", 0, 3));

        move(StartAt.time(Instant.parse("9999-01-01T00:00:00Z")));
        bench().publish(stepsOf("ada", 3, 5));

        assertThat(bench().leftFor(bench().group(), "ada")).isEqualTo(stepsOf("ada", 3, 5));
    }

    @Test
    default void aGroupThatIsMovedToTheLatestPassesOverWhatIsThere() {
        consumed(stepsOf("ada", 0, 3));
        bench().publish(steps(3, 4));

        assertThat(plan(StartAt.latest())).satisfies(plan -> {
            assertThat(plan.again()).hasValue(0);
            assertThat(plan.passedOver()).hasValue(12);
        });
        move(StartAt.latest());

        assertThat(state().lag()).hasValue(0);
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
    }

    @Test
    default void aGroupThatIsMovedToATimeGetsWhatCameSince() {
        consumed(stepsOf("ada", 0, 3));
        Instant between = clockMoved();
        clockMoved();
        consumed(stepsOf("ada", 3, 6));

        assertThat(plan(StartAt.time(between)).again()).hasValue(3);
        move(StartAt.time(between));

        assertThat(bench().leftFor(bench().group(), "ada")).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    private static Instant clockMoved() {
        Instant now = Clock.systemUTC().instant();
        Workbench.await(
                "the clock to move on", () -> Clock.systemUTC().instant().isAfter(now.plusMillis(2)));
        return Clock.systemUTC().instant();
    }

    @Test
    default void aGroupThatIsMovedBehindAPositionGetsTheRest() {
        List<String> positions = consumed(stepsOf("ada", 0, 6));

        assertThat(plan(StartAt.after(positions.get(1))).again()).hasValue(4);
        move(StartAt.after(positions.get(1)));

        assertThat(bench().leftFor(bench().group(), "ada")).containsExactlyElementsOf(stepsOf("ada", 2, 6));
    }

    @Test
    default void aGroupIsNotMovedWhileItsMembersAreAlive() {
        bench().publish(steps(3, 2));
        Service reader = bench().service("reader");
        ConsumerOptions options = bench().fromEarliest().withConsumerName("reader-1");
        try (RunningConsumer consumer = reader.consume(bench().group(), options)) {
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 6);

            assertThat(plan(StartAt.earliest()).members()).containsExactly("reader-1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> move(StartAt.earliest()))
                    .withMessageContaining(bench().group())
                    .withMessageContaining(bench().topic())
                    .withMessageContaining("reader-1");
            assertThat(state().lag()).hasValue(0);
        }
    }

    @Test
    default void aGroupIsNotMovedWhileAMemberWaitsForItsFirstEvent() {
        consumed(stepsOf("ada", 0, 3));
        Service reader = bench().service("reader");
        ConsumerOptions options = bench().fromEarliest().withConsumerName("idle-reader");
        try (RunningConsumer consumer = reader.consume(bench().group(), options)) {
            Workbench.await("a member", () -> state().members().contains("idle-reader"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> move(StartAt.earliest()))
                    .withMessageContaining("idle-reader");
            assertThat(consumer.counts().delivered()).isZero();
        }
    }

    @Test
    default void namesTheTopicOrGroupThatWasProbablyMeant() {
        consumed(stepsOf("ada", 0, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> admin(admin -> admin.plan(bench().topic("stepps"), bench().group(), StartAt.latest())))
                .withMessageContaining("'" + bench().topic("stepps") + "'")
                .withMessageContaining("'" + bench().topic() + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> admin(admin -> admin.plan(bench().topic(), bench().group("raeders"), StartAt.latest())))
                .withMessageContaining("'" + bench().group("raeders") + "'")
                .withMessageContaining("Did you mean '" + bench().group() + "'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> admin(admin -> {
                    admin.move(bench().topic(), bench().group("raeders"), StartAt.latest(), true);
                    return "moved";
                }))
                .withMessageContaining("Did you mean '" + bench().group() + "'?");
    }

    @Test
    default void aPositionThatIsNoneIsRefused() {
        consumed(stepsOf("ada", 0, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(StartAt.after("page seven")))
                .withMessageContaining("'page seven'");
    }

    @Test
    default void aSoundBusHasNothingThatFailed() {
        consumed(stepsOf("ada", 0, 1));

        List<Diagnostic> checks = admin(admin -> admin.check(List.of(bench().topic()), Optional.of(bench().group())));

        assertThat(checks).extracting(Diagnostic::subject).contains("connection");
        assertThat(checks).extracting(Diagnostic::status).doesNotContain(Diagnostic.Status.FAILED);
    }

    /** Publishes, and lets the group read and acknowledge it; answers the positions. */
    private List<String> consumed(List<Step> steps) {
        List<String> positions = bench().publish(steps);
        Service reader = bench().service("reader");
        try (RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest())) {
            reader.recorder().await(STEP, steps.size());
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == steps.size());
        }
        return positions;
    }

    private <T> T admin(Function<BusAdmin, T> work) {
        Service operator = bench().service("operator");
        try (BusAdmin admin = operator.bus().admin()) {
            return work.apply(admin);
        }
    }

    private OptionalLong deadLetters(String group) {
        return admin(admin -> admin.deadLetters(bench().topic(), group));
    }

    private List<GroupState> states() {
        return admin(admin -> admin.groups(Set.of(bench().topic())));
    }

    private GroupState state() {
        List<GroupState> states = states();
        assertThat(states).hasSize(1);
        return states.get(0);
    }

    private GroupMove plan(StartAt to) {
        return admin(admin -> admin.plan(bench().topic(), bench().group(), to));
    }

    private void move(StartAt to) {
        admin(admin -> {
            admin.move(bench().topic(), bench().group(), to, false);
            return Stream.empty();
        });
    }
}
