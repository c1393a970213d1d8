package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.PROBE;
import static dev.carillon.testkit.contract.ContractEvents.PROBE_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.data;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.testkit.contract.ContractEvents.Probe;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a group begins, how its members share, and what outlives them. */
interface GroupContract extends ContractTest {

    @Test
    default void givesEachGroupEverything() {
        List<Step> steps = steps(5, 20);
        bench().publish(steps);
        Service one = bench().service("one");
        Service other = bench().service("other");

        one.consume(bench().group("ones"), bench().fromEarliest());
        other.consume(bench().group("others"), bench().fromEarliest());

        one.recorder().await(STEP, steps.size());
        other.recorder().await(STEP, steps.size());
        assertThat(byLearner(one.recorder().data(STEP))).isEqualTo(byLearner(steps));
        assertThat(byLearner(other.recorder().data(STEP))).isEqualTo(byLearner(steps));
    }

    @Test
    default void theMembersOfAGroupShareItsWorkWithoutDoubles() {
        assumeTrue(bench().traits().sharesTopic(), "with a single partition, one member reads");
        ConsumerOptions options =
                bench().fromEarliest().withBatchSize(5).withMaxInFlight(5).withConcurrency(2);
        CountDownLatch bothWork = new CountDownLatch(2);
        Service one = bench().service("one");
        Service other = bench().service("other");
        for (Service member : List.of(one, other)) {
            CountDownLatch worked = new CountDownLatch(1);
            member.events().connect(STEP, event -> {
                if (worked.getCount() > 0) {
                    worked.countDown();
                    bothWork.countDown();
                }
                bothWork.await();
            });
        }
        RunningConsumer first = one.consume(bench().group("shared"), options);
        RunningConsumer second = other.consume(bench().group("shared"), options);
        List<Step> steps = steps(40, 5);

        bench().publish(steps);

        Workbench.await(
                "all events, by one or the other",
                () -> first.counts().acknowledged() + second.counts().acknowledged() >= steps.size());
        List<Step> delivered = new ArrayList<>(one.recorder().data(STEP));
        delivered.addAll(other.recorder().data(STEP));
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(one.recorder().data(STEP)).isNotEmpty();
        assertThat(other.recorder().data(STEP)).isNotEmpty();
    }

    @Test
    default void aNewGroupStartsAtTheLatestMessageByDefault() {
        bench().publish(stepsOf("ada", 0, 5));
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().options());
        awaitReading(consumer);

        bench().publish(stepsOf("ada", 5, 8));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 5, 8));
    }

    /** Sends what nobody hears until the consumer has read some of it. */
    private void awaitReading(RunningConsumer consumer) {
        Service prober = bench().service("prober");
        Workbench.await("the consumer to read", () -> {
            prober.send(
                            bench().topic(),
                            PROBE,
                            PROBE_KEY,
                            new Probe("ada"),
                            prober.events().newMetadata(PROBE))
                    .join();
            return consumer.counts().withoutReceiver() > 0;
        });
    }

    @Test
    default void aNewGroupStartsAtTheEarliestMessageWhenTold() {
        bench().publish(stepsOf("ada", 0, 5));
        Service reader = bench().service("reader");

        reader.consume(bench().group(), bench().options().withStartAt(StartAt.earliest()));

        assertThat(data(reader.recorder().await(STEP, 5))).containsExactlyElementsOf(stepsOf("ada", 0, 5));
    }

    @Test
    default void aNewGroupStartsBehindAPositionWhenTold() {
        List<String> positions = bench().publish(stepsOf("ada", 0, 6));
        Service reader = bench().service("reader");

        reader.consume(bench().group(), bench().options().withStartAt(StartAt.after(positions.get(2))));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    @Test
    default void aNewGroupStartsAtATimeWhenTold() {
        bench().publish(stepsOf("ada", 0, 3));
        Instant between = Workbench.laterThan(Clock.systemUTC().instant());
        Workbench.laterThan(between);
        bench().publish(stepsOf("ada", 3, 6));
        Service reader = bench().service("reader");

        reader.consume(bench().group(), bench().options().withStartAt(StartAt.time(between)));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    /** Every way to start a new group. */
    static Stream<StartAt> starts() {
        return Stream.of(StartAt.latest(), StartAt.earliest(), StartAt.time(Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource("dev.carillon.testkit.contract.GroupContract#starts")
    default void startingAConsumerNeverMovesAGroupThatExists(StartAt startAt) {
        bench().publish(stepsOf("ada", 0, 3));

        goesOnAfterThree(startAt);
    }

    @Test
    default void startingAConsumerBehindAPositionDoesNotMoveAGroupThatExistsEither() {
        List<String> positions = bench().publish(stepsOf("ada", 0, 3));

        goesOnAfterThree(StartAt.after(positions.get(0)));
    }

    private void goesOnAfterThree(StartAt startAt) {
        Service early = bench().service("early");
        try (RunningConsumer consumer = early.consume(bench().group(), bench().fromEarliest())) {
            early.recorder().await(STEP, 3);
            Workbench.await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        }
        bench().publish(stepsOf("ada", 3, 6));
        Service late = bench().service("late");

        late.consume(bench().group(), bench().options().withStartAt(startAt));

        late.recorder()
                .await("the last step", events -> late.recorder().data(STEP).contains(new Step("ada", 5)));
        assertThat(late.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    @Test
    default void whatAConsumerLeftUnfinishedComesAgainToTheNextOfItsName() throws Exception {
        ConsumerOptions options = bench().fromEarliest().withConsumerName("one");
        leaveUnfinished(options);

        assertThat(byLearner(bench().leftFor(bench().group(), List.of("ada", "bob"), options)))
                .isEqualTo(byLearner(unfinished()));
    }

    @Test
    default void whatAConsumerLeftUnfinishedComesAgainToAnotherOne() throws Exception {
        leaveUnfinished(bench().fromEarliest().withConsumerName("one"));
        ConsumerOptions options = bench().fromEarliest()
                .withConsumerName("two")
                .withExtra(bench().traits().takeOver());
        Service other = bench().service("other");

        other.consume(bench().group(), options);

        assertThat(byLearner(data(other.recorder().await(STEP, 6)))).isEqualTo(byLearner(unfinished()));
    }

    @Test
    default void nothingIsLostNorOvertakenByItsKeyWhenConsumersEndInTheMiddleOfTheirWork() {
        List<Step> steps = steps(10, 60);
        bench().publish(steps);
        ConsumerOptions options = bench().fromEarliest()
                .withConsumerName("one")
                .withBatchSize(20)
                .withMaxInFlight(70)
                .withConcurrency(4)
                .withDrainTimeout(Duration.ZERO);
        List<Step> delivered = new ArrayList<>();
        for (int run = 1; !new HashSet<>(delivered).containsAll(steps); run++) {
            Service reader = bench().service("reader " + run);
            int enough = Math.min(run * 10, steps.size() - new HashSet<>(delivered).size());
            RunningConsumer consumer = reader.consume(bench().group(), options);
            reader.recorder().await(enough + " more steps", events -> events.size() >= enough);

            consumer.close();

            delivered.addAll(reader.recorder().data(STEP));
        }
        assertThat(byLearner(new ArrayList<>(new LinkedHashSet<>(delivered)))).isEqualTo(byLearner(steps));
    }

    private static List<Step> unfinished() {
        return Stream.concat(stepsOf("ada", 0, 3).stream(), stepsOf("bob", 0, 3).stream())
                .toList();
    }

    private void leaveUnfinished(ConsumerOptions options) throws InterruptedException {
        bench().publish(unfinished());
        try (HeldReceiver held = new HeldReceiver()) {
            Service early = bench().service("early");
            held.connect(early.events());
            RunningConsumer consumer =
                    early.consume(bench().group(), options.withConcurrency(1).withDrainTimeout(Duration.ZERO));
            held.awaitEntered();
            Workbench.await("all read", () -> consumer.counts().received() == 6);
            consumer.close();
            assertThat(consumer.counts().acknowledged()).isZero();
            assertThat(early.recorder().data(STEP)).hasSizeLessThan(2);
        }
    }
}
