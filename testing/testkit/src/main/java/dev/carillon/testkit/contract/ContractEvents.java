package dev.carillon.testkit.contract;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of the contract tests. */
final class ContractEvents {

    /** A step of a learner. The learner is the key; the numbers show the order. */
    record Step(String learner, long number) {}

    /** Tests give every field a different value, so that swapped fields are noticed. */
    record Report(
            String title,
            long pages,
            boolean draft,
            @Nullable String editor,
            List<String> tags,
            Step last) {}

    /** Has no receiver; shows that a consumer reads. */
    record Probe(String text) {}

    static final Signal<Step> STEP = Signal.of("org.carillon.contract.step.taken.v1", "step", Step.class);

    static final Signal<Report> REPORT = Signal.of("org.carillon.contract.report.written.v1", "report", Report.class)
            .withMinorVersion(7);

    static final Signal<Probe> PROBE = Signal.of("org.carillon.contract.probe.sent.v1", "probe", Probe.class);

    /** Only the sender knows this signal. */
    static final Signal<Probe> FOREIGN = Signal.of("org.carillon.contract.foreign.sent.v1", "probe", Probe.class);

    /** Must not leave the process. */
    static final Signal<Probe> PRIVATE = Signal.of("org.carillon.contract.private.sent.v1", "probe", Probe.class)
            .inProcessOnly("it holds a secret");

    static final String STEP_KEY = "step.learner";
    static final String REPORT_KEY = "report.title";
    static final String PROBE_KEY = "probe.text";

    private ContractEvents() {}

    static Events service(String name) {
        return Events.builder()
                .serviceName(name)
                .signals(Signals.of(STEP, REPORT, PROBE, PRIVATE))
                .build();
    }

    /** Steps of several learners: step 0 of each learner, then step 1 of each, and so on. */
    static List<Step> steps(int learners, int each) {
        List<Step> steps = new ArrayList<>();
        for (int number = 0; number < each; number++) {
            for (int learner = 0; learner < learners; learner++) {
                steps.add(new Step("learner-" + learner, number));
            }
        }
        return steps;
    }

    /** Steps of one learner; {@code to} is exclusive. */
    static List<Step> stepsOf(String learner, long from, long to) {
        List<Step> steps = new ArrayList<>();
        for (long number = from; number < to; number++) {
            steps.add(new Step(learner, number));
        }
        return steps;
    }

    /** The step numbers of each learner, in the order of the list. */
    static Map<String, List<Long>> byLearner(List<Step> steps) {
        Map<String, List<Long>> numbers = new LinkedHashMap<>();
        steps.forEach(step -> numbers.computeIfAbsent(step.learner(), learner -> new ArrayList<>())
                .add(step.number()));
        return numbers;
    }

    static List<Step> data(List<Event<Step>> events) {
        return events.stream().map(Event::data).toList();
    }
}
