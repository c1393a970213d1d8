package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.PRIVATE;
import static dev.carillon.testkit.contract.ContractEvents.PROBE_KEY;
import static dev.carillon.testkit.contract.ContractEvents.REPORT;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.STEP_KEY;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventProducer;
import dev.carillon.bus.ProduceException;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.contract.ContractEvents.Probe;
import dev.carillon.testkit.contract.ContractEvents.Report;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Publishing: what was sent, and only that, is on the broker. */
interface ProducingContract extends ContractPart {

    @Test
    default void returnsADifferentPositionForEachEvent() {
        List<String> positions = fixture().publish(steps(3, 10));

        assertThat(positions)
                .hasSize(30)
                .doesNotHaveDuplicates()
                .allSatisfy(position -> assertThat(position).isNotBlank());
    }

    @Test
    default void closingTheBusCompletesEverySend() {
        List<Step> steps = steps(10, 100);
        Service writer = fixture().service("writer");
        List<CompletableFuture<String>> sends = new ArrayList<>();
        for (Step step : steps) {
            sends.add(writer.send(fixture().topic(), step));
        }

        writer.bus().close();

        assertThat(sends)
                .allSatisfy(send -> assertThat(send).succeedsWithin(fixture().timeout()));
        Service reader = fixture().service("reader");
        reader.consume(fixture().group(), fixture().fromEarliest());
        reader.recorder().await(STEP, steps.size());
        assertThat(byLearner(reader.recorder().data(STEP))).isEqualTo(byLearner(steps));
    }

    @Test
    default void acceptsMoreEventsThanMayBeInFlight() {
        List<Step> steps = steps(10, EventProducer.MAX_IN_FLIGHT / 10 * 2 + 1);

        fixture().publish(steps);

        Service reader = fixture().service("reader");
        reader.consume(fixture().group(), fixture().fromEarliest());
        reader.recorder().await("all steps", events -> events.size() >= steps.size());
        assertThat(byLearner(reader.recorder().data(STEP))).isEqualTo(byLearner(steps));
    }

    @Test
    default void aContinuationOfASendMayWaitForAnotherSend() {
        Service writer = fixture().service("writer");
        List<CompletableFuture<String>> followers = new ArrayList<>();

        for (Step step : steps(20, 5)) {
            followers.add(writer.send(fixture().topic(), step)
                    .thenApply(position -> writer.send(fixture().topic(), step).join()));
        }

        assertThat(followers)
                .allSatisfy(follower ->
                        assertThat(follower).succeedsWithin(fixture().timeout()));
    }

    @Test
    default void publishesTheEventsThatTheConfigurationEnables() {
        publishesEnabledOnly(Map.of(
                STEP.eventType(),
                Map.of(
                        fixture().topic("on"), Map.of("event_key_field", STEP_KEY, "enabled", true),
                        fixture().topic("off"), Map.of("event_key_field", STEP_KEY, "enabled", false)),
                REPORT.eventType(),
                Map.of(fixture().topic("on"), Map.of("event_key_field", "report.title", "enabled", false))));
    }

    @Test
    default void understandsTheOlderFormOfTheConfiguration() {
        publishesEnabledOnly(Map.of(
                STEP.eventType(),
                List.of(
                        Map.of("topic", fixture().topic("on"), "event_key_field", STEP_KEY, "enabled", true),
                        Map.of("topic", fixture().topic("off"), "event_key_field", STEP_KEY, "enabled", false)),
                REPORT.eventType(),
                List.of(Map.of("topic", fixture().topic("on"), "event_key_field", "report.title", "enabled", false))));
    }

    private void publishesEnabledOnly(Object configuration) {
        Service writer = fixture().service("writer", Map.of(ProducerConfig.SETTING, configuration));
        assertThat(writer.bus().publishedEventTypes()).containsExactly(STEP.eventType());
        writer.recorder();

        writer.events().send(REPORT, new Report("a", 1, false, null, List.of(), new Step("x", 9)));
        writer.events().send(STEP, new Step("ada", 1));

        Service reader = fixture().service("reader");
        reader.recorder(STEP, REPORT);
        reader.consume(
                List.of(fixture().topic("on"), fixture().topic("off")),
                fixture().group(),
                fixture().fromEarliest());
        Event<?> arrived = reader.recorder().await(1).get(0);
        assertThat(arrived.data()).isEqualTo(new Step("ada", 1));
        assertThat(arrived.metadata()).isEqualTo(writer.recorder().await(STEP).metadata());
        writer.bus().close();
        fixture().publish(fixture().topic("off"), List.of(new Step("mark", -1)));
        reader.recorder().await(2);
    }

    @Test
    default void refusesToPublishAnInProcessSignal() {
        Service writer = fixture().service("writer");
        EventMetadata metadata = writer.events().newMetadata(PRIVATE);

        CompletableFuture<String> send =
                writer.send(fixture().topic(), PRIVATE, PROBE_KEY, new Probe("secret-data"), metadata);

        assertThat(send)
                .failsWithin(fixture().timeout())
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(ProduceException.class, e -> {
                    assertThat(e.metadata()).isEqualTo(metadata);
                    assertThat(e.topic()).isEqualTo(fixture().topic());
                })
                .withMessageContaining("it holds a secret")
                .withMessageNotContaining("secret-data");
        assertThat(writer.bus().producer().failedCount()).isEqualTo(1);
    }
}
