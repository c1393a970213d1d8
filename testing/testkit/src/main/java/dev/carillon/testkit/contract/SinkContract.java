package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.REPORT;
import static dev.carillon.testkit.contract.ContractEvents.REPORT_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.byLearner;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.bus.ProduceException;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.testkit.contract.ContractEvents.Report;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the engine expects of a {@link MessageSink}. */
interface SinkContract extends ContractPart {

    private static CompletableFuture<String> send(
            RawSender raw, MessageSink sink, Service writer, String topic, Step step) {
        return sink.send(
                raw.message(topic, step.learner(), raw.headers(writer.events().newMetadata(STEP)), raw.bytes(step)));
    }

    @Test
    default void closingASinkCompletesEverySend() {
        List<Step> steps = steps(5, 40);
        RawSender raw = fixture().raw();
        Service writer = fixture().service("writer");
        List<CompletableFuture<String>> sends = new ArrayList<>();

        try (MessageSink sink = raw.newSink()) {
            steps.forEach(step -> sends.add(send(raw, sink, writer, fixture().topic(), step)));
        }

        assertThat(sends).allSatisfy(send -> assertThat(send).isCompleted());
        Service reader = fixture().service("reader");
        reader.consume(fixture().group(), fixture().fromEarliest());
        reader.recorder().await(STEP, steps.size());
        assertThat(byLearner(reader.recorder().data(STEP))).isEqualTo(byLearner(steps));
    }

    @Test
    default void messagesOfOneKeyAreInOnePartitionAndKeepTheirKey() {
        RawSender raw = fixture().raw();
        assumeTrue(raw.carriesKeys(), "messages of this transport carry no keys");
        Service writer = fixture().service("writer");
        Map<String, Step> sent = new HashMap<>();
        for (Step step : steps(10, 5)) {
            byte[] data = raw.bytes(step);
            sent.put(
                    raw.send(
                            fixture().topic(),
                            step.learner(),
                            raw.headers(writer.events().newMetadata(STEP)),
                            data),
                    step);
        }

        try (MessageSource source = raw.source(fixture().topic(), fixture().group(), incident -> {})) {
            Map<String, Set<Integer>> partitions = new HashMap<>();
            Map<String, Set<String>> keys = new HashMap<>();
            for (IncomingMessage message : RawSender.read(fixture(), source, sent.size())) {
                String learner = Objects.requireNonNull(
                                sent.get(message.position().toString()))
                        .learner();
                assertThat(message.key()).as("key of %s", message).isNotNull();
                partitions.computeIfAbsent(learner, absent -> new HashSet<>()).add(message.partition());
                keys.computeIfAbsent(learner, absent -> new HashSet<>())
                        .add(new String(Objects.requireNonNull(message.key()), UTF_8));
            }
            assertThat(partitions)
                    .hasSize(10)
                    .allSatisfy((learner, numbers) -> assertThat(numbers).hasSize(1));
            assertThat(keys).allSatisfy((learner, texts) -> assertThat(texts).hasSize(1));
            assertThat(keys.values().stream().distinct()).hasSize(10);
        }
    }

    @Test
    default void anUnpublishableMessageFailsAloneAmongGoodOnes() {
        int largest = fixture().traits().largestMessage();
        assumeTrue(largest > 0, "this broker accepts messages of any size");
        Service writer = fixture().service("writer");
        Report tooLarge = new Report("ada", 1, false, "x".repeat(largest + 1), List.of(), new Step("ada", 0));
        List<CompletableFuture<String>> sends = new ArrayList<>();

        stepsOf("ada", 0, 10).forEach(step -> sends.add(writer.send(fixture().topic(), step)));
        CompletableFuture<String> refused = writer.send(
                fixture().topic(), REPORT, REPORT_KEY, tooLarge, writer.events().newMetadata(REPORT));
        stepsOf("ada", 10, 20).forEach(step -> sends.add(writer.send(fixture().topic(), step)));

        assertThat(refused)
                .failsWithin(fixture().timeout())
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(ProduceException.class)
                .havingCause()
                .isInstanceOf(UnpublishableException.class);
        assertThat(sends)
                .allSatisfy(send -> assertThat(send).succeedsWithin(fixture().timeout()));
        Service reader = fixture().service("reader");
        reader.recorder(STEP, REPORT);
        reader.consume(fixture().group(), fixture().fromEarliest());
        reader.recorder().await(20);
        assertThat(reader.recorder().data(STEP)).containsExactlyElementsOf(stepsOf("ada", 0, 20));
    }
}
