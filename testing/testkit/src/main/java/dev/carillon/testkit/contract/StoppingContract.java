package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.StopReason;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a consumer stops, and where it leaves its group. */
interface StoppingContract extends ContractPart {

    @Test
    default void deliversExactlyMaxEventsAndLeavesTheRest() {
        List<Step> steps = steps(4, 5);
        fixture().publish(steps);
        Service first = fixture().service("first");

        RunningConsumer consumer =
                first.consume(fixture().group(), fixture().fromEarliest().withMaxEvents(7));

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(first.recorder().data(STEP)).hasSize(7);
        assertThat(consumer.counts().acknowledged()).isEqualTo(7);
        List<Step> together = new ArrayList<>(first.recorder().data(STEP));
        together.addAll(fixture().leftFor(fixture().group(), "learner-0", "learner-1", "learner-2", "learner-3"));
        assertThat(byLearner(together)).isEqualTo(byLearner(steps));
    }

    @Test
    default void countsOnlyDeliveredEventsTowardsMaxEvents() {
        RawSender raw = fixture().raw();
        raw.send(
                fixture().topic(),
                "ada",
                raw.headers(fixture().service("writer").events().newMetadata(STEP)),
                RawSender.INVALID_DATA);
        fixture().publish(stepsOf("ada", 0, 5));
        Service reader = fixture().service("reader");

        RunningConsumer consumer =
                reader.consume(fixture().group(), fixture().fromEarliest().withMaxEvents(3));

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(consumer.counts().acknowledged()).isEqualTo(4);
    }

    @Test
    default void deliversAndAcknowledgesEventsInFlightWhenItIsStopped() throws Exception {
        fixture().publish(stepsOf("ada", 0, 5));
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connect(reader.events());
            RunningConsumer consumer =
                    reader.consume(fixture().group(), fixture().fromEarliest());
            blocking.awaitBlocked();
            fixture().await("all read", () -> consumer.counts().received() == 5);

            consumer.stop();
            fixture().holds("it waits for its receivers", () -> !consumer.hasEnded());
            blocking.release();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
            assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 5));
            assertThat(consumer.counts().acknowledged()).isEqualTo(5);
        }
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void stopsWhileThereIsNothingToRead() {
        RunningConsumer consumer =
                fixture().service("reader").consume(fixture().group(), fixture().fromEarliest());

        consumer.stop();

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
    }

    @Test
    default void stopsWhenItsThreadIsInterrupted() throws Exception {
        fixture().publish(stepsOf("ada", 0, 5));
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connect(reader.events());
            RunningConsumer consumer =
                    reader.consume(fixture().group(), fixture().fromEarliest());
            blocking.awaitBlocked();
            fixture().await("all read", () -> consumer.counts().received() == 5);

            consumer.interrupt();
            blocking.release();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
            assertThat(consumer.counts().acknowledged()).isEqualTo(5);
        }
        assertThat(fixture().leftFor(fixture().group(), "ada")).isEmpty();
    }

    @Test
    default void closingTheBusStopsItsConsumers() {
        Service reader = fixture().service("reader");
        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());
        fixture().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP);

        reader.bus().close();

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().acknowledged()).isEqualTo(1);
    }

    @Test
    default void doesNotConsumeWhenConsumersAreDisabled() {
        fixture().publish(stepsOf("ada", 0, 1));
        Service reader = fixture().service("reader", Map.of(fixture().setting("CONSUMERS_ENABLED"), "false"));

        RunningConsumer consumer = reader.consume(fixture().group(), fixture().fromEarliest());

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.DISABLED);
        assertThat(consumer.counts().received()).isZero();
        assertThat(fixture().leftFor(fixture().group(), "ada")).containsExactly(new Step("ada", 0));
    }
}
