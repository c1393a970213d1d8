package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.REPORT;
import static dev.carillon.testkit.contract.ContractEvents.REPORT_KEY;
import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static dev.carillon.testkit.contract.ContractEvents.data;
import static dev.carillon.testkit.contract.ContractEvents.steps;
import static dev.carillon.testkit.contract.ContractEvents.stepsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.events.Event;
import dev.carillon.testkit.contract.ContractEvents.Report;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The order of events, and which events wait for which. */
interface OrderContract extends ContractPart {

    @Test
    default void aBlockingReceiverDelaysOnlyTheKeysOfItsWorker() throws Exception {
        List<Step> steps = steps(64, 2);
        fixture().publish(steps);
        try (BlockingReceiver blocking = fixture().blockingReceiver()) {
            Service reader = fixture().service("reader");
            blocking.connect(reader.events(), new Step("learner-0", 0)::equals);
            reader.consume(fixture().group(), fixture().fromEarliest().withConcurrency(8));
            blocking.awaitBlocked();

            reader.recorder().await("two steps of most learners", events -> finishedLearners(reader) > 32);

            assertThat(reader.recorder().data(STEP)).doesNotContain(new Step("learner-0", 0));
            blocking.release();
            reader.recorder().await(STEP, steps.size());
        }
    }

    private static long finishedLearners(Service reader) {
        return reader.recorder().data(STEP).stream()
                .collect(Collectors.groupingBy(Step::learner, Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count == 2)
                .count();
    }

    @Test
    default void oneWorkerKeepsTheOrderOfTheTopic() {
        assumeTrue(fixture().traits().ordersWholeTopic(), "with partitions, only messages of one key have an order");
        List<Step> steps = steps(7, 100);
        fixture().publish(steps);
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().fromEarliest().withConcurrency(1));

        assertThat(data(reader.recorder().await(STEP, steps.size()))).containsExactlyElementsOf(steps);
    }

    @Test
    default void differentEventsOfOneKeyKeepTheirOrder() {
        Service writer = fixture().service("writer");
        for (long number = 0; number < 50; number++) {
            Step step = new Step("ada", number);
            writer.send(fixture().topic(), step).join();
            Report report = new Report("ada", number, false, "eve", List.of(), step);
            writer.send(
                            fixture().topic(),
                            REPORT,
                            REPORT_KEY,
                            report,
                            writer.events().newMetadata(REPORT))
                    .join();
        }
        Service reader = fixture().service("reader");
        reader.recorder(STEP, REPORT);

        reader.consume(fixture().group(), fixture().fromEarliest().withKeyField(REPORT, REPORT_KEY));

        List<String> types = new ArrayList<>();
        List<Event<?>> events = reader.recorder().await(100);
        events.forEach(event -> types.add(event.signal().eventType()));
        for (int i = 0; i < types.size(); i++) {
            assertThat(types.get(i)).isEqualTo(i % 2 == 0 ? STEP.eventType() : REPORT.eventType());
        }
    }

    @Test
    default void eventsWithoutAKeyFieldAreDeliveredInTheOrderTheyAreRead() {
        List<Step> steps = stepsOf("ada", 0, 300);
        fixture().publish(steps);
        Service reader = fixture().service("reader");

        reader.consume(fixture().group(), fixture().fromEarliestWithoutKeys());

        assertThat(data(reader.recorder().await(STEP, steps.size()))).containsExactlyElementsOf(steps);
    }
}
