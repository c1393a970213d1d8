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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a group starts, how its members share a topic, and what is redelivered. */
interface GroupContract extends ContractPart {

    @Test
    default void everyGroupReceivesEveryEvent() {
        List<Step> steps = steps(5, 20);
        fixture().publish(steps);
        Service one = fixture().service("one");
        Service other = fixture().service("other");

        one.consume(fixture().group("ones"), fixture().fromEarliest());
        other.consume(fixture().group("others"), fixture().fromEarliest());

        one.recorder().await(STEP, steps.size());
        other.recorder().await(STEP, steps.size());
        assertThat(byLearner(one.recorder().data(STEP))).isEqualTo(byLearner(steps));
        assertThat(byLearner(other.recorder().data(STEP))).isEqualTo(byLearner(steps));
    }

    @Test
    default void theMembersOfAGroupShareATopicWithoutDuplicates() {
        assumeTrue(fixture().traits().sharesTopic(), "one member of a group reads a topic");
        ConsumerOptions options =
                fixture().fromEarliest().withBatchSize(5).withMaxInFlight(5).withConcurrency(2);
        CountDownLatch bothReceived = new CountDownLatch(2);
        Service one = fixture().service("one");
        Service other = fixture().service("other");
        for (Service member : List.of(one, other)) {
            CountDownLatch received = new CountDownLatch(1);
            member.events().connect(STEP, event -> {
                if (received.getCount() > 0) {
                    received.countDown();
                    bothReceived.countDown();
                }
                // The other one may still be joining. A rebalance waits for running receivers, but not forever.
                boolean ignored = bothReceived.await(2, TimeUnit.SECONDS);
            });
        }
        RunningConsumer first = one.consume(fixture().group("shared"), options);
        RunningConsumer second = other.consume(fixture().group("shared"), options);
        List<Step> steps = steps(40, 5);

        fixture().publish(steps);

        fixture()
                .await(
                        "all acknowledged by one or the other",
                        () -> first.counts().acknowledged() + second.counts().acknowledged() >= steps.size());
        List<Step> delivered = new ArrayList<>(one.recorder().data(STEP));
        delivered.addAll(other.recorder().data(STEP));
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(one.recorder().data(STEP)).isNotEmpty();
        assertThat(other.recorder().data(STEP)).isNotEmpty();
    }

    @Test
    default void twoMembersOfAGroupReceiveNoEventTwice() {
        List<Step> steps = stepsOf("ada", 0, 60);
        Service one = fixture().service("one");
        Service other = fixture().service("other");
        RunningConsumer first = one.consume(fixture().group(), fixture().fromEarliest());
        fixture().publish(steps.subList(0, 10));
        one.recorder().await(STEP, 10);
        RunningConsumer second = other.consume(fixture().group(), fixture().fromEarliest());
        fixture().await("a second member", () -> second.health().isReady(Instant.now()));

        steps.subList(10, 60).forEach(step -> fixture().publish(List.of(step)));

        fixture()
                .await(
                        "all acknowledged",
                        () -> first.counts().acknowledged() + second.counts().acknowledged() >= 60);
        fixture()
                .holds(
                        "no event is delivered twice",
                        () -> one.recorder().data(STEP).size()
                                        + other.recorder().data(STEP).size()
                                == 60);
        List<Step> delivered = new ArrayList<>(one.recorder().data(STEP));
        delivered.addAll(other.recorder().data(STEP));
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(steps);
    }

    /** Positions have two digits after ten messages: comparing them as text would be wrong. */
    @Test
    default void eventsAcknowledgedOneByOneAreNeverRedelivered() {
        Service early = fixture().service("early");
        ConsumerOptions options = fixture().fromEarliest().withConsumerName("one");
        try (RunningConsumer consumer = early.consume(fixture().group(), options)) {
            for (Step step : stepsOf("ada", 0, 15)) {
                fixture().publish(List.of(step));
                fixture()
                        .await(
                                "acknowledgement of " + step,
                                () -> consumer.counts().acknowledged() == step.number() + 1);
            }
        }

        assertThat(fixture().leftFor(fixture().group(), List.of("ada"), options))
                .isEmpty();
    }

    @Test
    default void aNewGroupStartsAfterATwoDigitPosition() {
        List<String> positions = fixture().publish(stepsOf("ada", 0, 15));
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().options().withStartAt(StartAt.after(positions.get(11))));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 12, 15));
    }

    @Test
    default void aNewGroupStartsAtTheLatestMessageByDefault() {
        fixture().publish(stepsOf("ada", 0, 5));
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().options());
        awaitReading(consumer);

        fixture().publish(stepsOf("ada", 5, 8));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 5, 8));
    }

    /** Sends events without receivers until the consumer has read one. */
    private void awaitReading(RunningConsumer consumer) {
        Service prober = fixture().service("prober");
        fixture().await("the consumer to read", () -> {
            prober.send(
                            fixture().topic(),
                            PROBE,
                            PROBE_KEY,
                            new Probe("ada"),
                            prober.events().newMetadata(PROBE))
                    .join();
            return consumer.counts().withoutReceiver() > 0;
        });
    }

    @Test
    default void aNewGroupStartsAtTheEarliestMessageWhenConfigured() {
        fixture().publish(stepsOf("ada", 0, 5));
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().options().withStartAt(StartAt.earliest()));

        assertThat(data(reader.recorder().await(STEP, 5))).containsExactlyElementsOf(stepsOf("ada", 0, 5));
    }

    @Test
    default void aNewGroupStartsAfterAPositionWhenConfigured() {
        List<String> positions = fixture().publish(stepsOf("ada", 0, 6));
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().options().withStartAt(StartAt.after(positions.get(2))));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    @Test
    default void aNewGroupStartsAtATimeWhenConfigured() {
        fixture().publish(stepsOf("ada", 0, 3));
        Instant between = fixture().laterThan(Clock.systemUTC().instant());
        fixture().laterThan(between);
        fixture().publish(stepsOf("ada", 3, 6));
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().options().withStartAt(StartAt.time(between)));

        assertThat(data(reader.recorder().await(STEP, 3))).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    /** Every way to start a new group, except after a position. */
    static Stream<StartAt> starts() {
        return Stream.of(StartAt.latest(), StartAt.earliest(), StartAt.time(Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource("dev.carillon.testkit.contract.GroupContract#starts")
    default void startingAConsumerNeverMovesAGroupThatExists(StartAt startAt) {
        fixture().publish(stepsOf("ada", 0, 3));

        continuesAfterThree(startAt);
    }

    @Test
    default void startingAConsumerAfterAPositionNeverMovesAGroupThatExists() {
        List<String> positions = fixture().publish(stepsOf("ada", 0, 3));

        continuesAfterThree(StartAt.after(positions.get(0)));
    }

    private void continuesAfterThree(StartAt startAt) {
        Service early = fixture().service("early");
        try (RunningConsumer consumer =
                early.consume(fixture().group(), fixture().fromEarliest())) {
            early.recorder().await(STEP, 3);
            fixture().await("all acknowledged", () -> consumer.counts().acknowledged() == 3);
        }
        fixture().publish(stepsOf("ada", 3, 6));
        Service late = fixture().service("late");

        late.consume(fixture().group(), fixture().options().withStartAt(startAt));

        late.recorder()
                .await("the last step", events -> late.recorder().data(STEP).contains(new Step("ada", 5)));
        assertThat(late.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 3, 6));
    }

    @Test
    default void unacknowledgedEventsAreRedeliveredToTheNextConsumerOfTheSameName() throws Exception {
        ConsumerOptions options = fixture().fromEarliest().withConsumerName("one");
        leaveUnacknowledged(options);

        assertThat(byLearner(fixture().leftFor(fixture().group(), List.of("ada", "bob"), options)))
                .isEqualTo(byLearner(unacknowledged()));
    }

    @Test
    default void unacknowledgedEventsAreRedeliveredToAnotherConsumer() throws Exception {
        leaveUnacknowledged(fixture().fromEarliest().withConsumerName("one"));
        ConsumerOptions options = fixture()
                .fromEarliest()
                .withConsumerName("two")
                .withExtra(fixture().traits().takeOverOptions());
        Service other = fixture().service("other");

        other.consume(fixture().group(), options);

        assertThat(byLearner(data(other.recorder().await(STEP, 6)))).isEqualTo(byLearner(unacknowledged()));
    }

    @Test
    default void nothingIsLostAndKeysStayInOrderWhenConsumersStopWithEventsInFlight() {
        List<Step> steps = steps(10, 60);
        fixture().publish(steps);
        ConsumerOptions options = fixture()
                .fromEarliest()
                .withConsumerName("one")
                .withBatchSize(20)
                .withMaxInFlight(70)
                .withConcurrency(4)
                .withDrainTimeout(Duration.ZERO);
        List<Step> delivered = new ArrayList<>();
        for (int run = 1; !new HashSet<>(delivered).containsAll(steps); run++) {
            Service reader = fixture().service("reader " + run);
            int enough = Math.min(run * 10, steps.size() - new HashSet<>(delivered).size());
            RunningConsumer consumer = reader.consume(fixture().group(), options);
            reader.recorder().await(enough + " more steps", events -> events.size() >= enough);

            consumer.close();

            delivered.addAll(reader.recorder().data(STEP));
        }
        assertThat(byLearner(new ArrayList<>(new LinkedHashSet<>(delivered)))).isEqualTo(byLearner(steps));
    }

    private static List<Step> unacknowledged() {
        return Stream.concat(stepsOf("ada", 0, 3).stream(), stepsOf("bob", 0, 3).stream())
                .toList();
    }

    private void leaveUnacknowledged(ConsumerOptions options) throws InterruptedException {
        fixture().publish(unacknowledged());
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service early = fixture().service("early");
            blocking.connect(early.events());
            RunningConsumer consumer =
                    early.consume(fixture().group(), options.withConcurrency(1).withDrainTimeout(Duration.ZERO));
            blocking.awaitBlocked();
            fixture().await("all read", () -> consumer.counts().received() == 6);
            consumer.close();
            assertThat(consumer.counts().acknowledged()).isZero();
            assertThat(early.recorder().data(STEP)).hasSizeLessThan(2);
        }
    }
}
