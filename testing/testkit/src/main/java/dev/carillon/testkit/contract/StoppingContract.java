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

/** How a consumer comes to its end, and in which state it leaves its group. */
interface StoppingContract extends ContractTest {

    @Test
    default void deliversExactlyAsManyEventsAsAskedForAndLeavesTheRest() {
        List<Step> steps = steps(4, 5);
        bench().publish(steps);
        Service first = bench().service("first");

        RunningConsumer consumer =
                first.consume(bench().group(), bench().fromEarliest().withMaxEvents(7));

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(first.recorder().data(STEP)).hasSize(7);
        assertThat(consumer.counts().acknowledged()).isEqualTo(7);
        List<Step> together = new ArrayList<>(first.recorder().data(STEP));
        together.addAll(bench().leftFor(bench().group(), "learner-0", "learner-1", "learner-2", "learner-3"));
        assertThat(byLearner(together)).isEqualTo(byLearner(steps));
    }

    @Test
    default void countsOnlyDeliveredEventsTowardsAsManyAsAskedFor() {
        RawSender raw = bench().raw();
        raw.send(
                bench().topic(),
                "ada",
                raw.headers(bench().service("writer").events().newMetadata(STEP)),
                RawSender.BAD_BYTES);
        bench().publish(stepsOf("ada", 0, 5));
        Service reader = bench().service("reader");

        RunningConsumer consumer =
                reader.consume(bench().group(), bench().fromEarliest().withMaxEvents(3));

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.MAX_EVENTS);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 3));
        assertThat(consumer.counts().acknowledged()).isEqualTo(4);
    }

    @Test
    default void deliversAndAcknowledgesWhatItHasReadWhenItIsStopped() throws Exception {
        bench().publish(stepsOf("ada", 0, 5));
        try (HeldReceiver held = new HeldReceiver()) {
            Service reader = bench().service("reader");
            held.connect(reader.events());
            RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
            held.awaitEntered();
            Workbench.await("all read", () -> consumer.counts().received() == 5);

            consumer.stop();
            Workbench.holds("it waits for its receivers", () -> !consumer.hasEnded());
            held.letGo();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
            assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 5));
            assertThat(consumer.counts().acknowledged()).isEqualTo(5);
        }
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
    }

    @Test
    default void stopsWhileThereIsNothingToRead() {
        RunningConsumer consumer = bench().service("reader").consume(bench().group(), bench().fromEarliest());

        consumer.stop();

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
    }

    @Test
    default void stopsWhenItsThreadIsInterrupted() throws Exception {
        bench().publish(stepsOf("ada", 0, 5));
        try (HeldReceiver held = new HeldReceiver()) {
            Service reader = bench().service("reader");
            held.connect(reader.events());
            RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
            held.awaitEntered();
            Workbench.await("all read", () -> consumer.counts().received() == 5);

            consumer.interrupt();
            held.letGo();

            assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
            assertThat(consumer.counts().acknowledged()).isEqualTo(5);
        }
        assertThat(bench().leftFor(bench().group(), "ada")).isEmpty();
    }

    @Test
    default void closingTheBusStopsItsConsumers() {
        Service reader = bench().service("reader");
        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());
        bench().publish(stepsOf("ada", 0, 1));
        reader.recorder().await(STEP);

        reader.bus().close();

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.STOPPED);
        assertThat(consumer.counts().acknowledged()).isEqualTo(1);
    }

    @Test
    default void doesNotConsumeWhenConsumersAreDisabled() {
        bench().publish(stepsOf("ada", 0, 1));
        Service reader = bench().service("reader", Map.of(bench().setting("CONSUMERS_ENABLED"), "false"));

        RunningConsumer consumer = reader.consume(bench().group(), bench().fromEarliest());

        assertThat(consumer.awaitEnd()).isEqualTo(StopReason.DISABLED);
        assertThat(consumer.counts().received()).isZero();
        assertThat(bench().leftFor(bench().group(), "ada")).containsExactly(new Step("ada", 0));
    }
}
