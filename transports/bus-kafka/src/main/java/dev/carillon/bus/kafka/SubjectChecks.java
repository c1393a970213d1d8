package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.kafka.registry.Verdict;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the schemas that this service has go with those of the registry. */
final class SubjectChecks {

    private static final String SCHEMAS = "schemas";

    private final SchemaRegistry registry;
    private final CheckSpec spec;

    SubjectChecks(SchemaRegistry registry, CheckSpec spec) {
        this.registry = registry;
        this.spec = spec;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        Set<String> subjects;
        try {
            subjects = registry.subjects();
        } catch (TransportException e) {
            checks.add(Diagnostic.failed("registry", String.valueOf(e.getMessage())));
            return;
        }
        checks.add(Diagnostic.ok("registry", "the schema registry answers, with " + subjects.size() + " subjects"));
        List<Diagnostic> found = new ArrayList<>();
        int compared = 0;
        for (String topic : topics) {
            for (Map.Entry<String, String> schema : spec.schemas().entrySet()) {
                String subject = Framing.valueSubject(topic, schema.getKey());
                if (subjects.contains(subject)) {
                    compared++;
                    compare(subject, schema.getValue(), publishes(topic, schema.getKey()), found);
                }
            }
        }
        checks.addAll(found);
        if (found.isEmpty()) {
            checks.add(Diagnostic.ok(
                    SCHEMAS,
                    compared == 0
                            ? "the registry has none of these topics yet: the first event of each type brings its own"
                            : "all that the registry has of these topics go with ours: " + compared));
        }
    }

    private boolean publishes(String topic, String eventType) {
        return spec.published().getOrDefault(topic, Set.of()).contains(eventType);
    }

    private void compare(String subject, String schema, boolean publishes, List<Diagnostic> found) {
        try {
            Verdict verdict = registry.judge(subject, schema);
            String why = verdict.differences().isEmpty() ? "" : ": " + verdict.differences();
            if (publishes && !verdict.accepted()) {
                found.add(Diagnostic.failed(
                        SCHEMAS,
                        "subject " + subject + " will refuse our schema" + why
                                + " (use the release of the events that the other services use)"));
            } else if (!verdict.accepted() || !verdict.differences().isEmpty()) {
                found.add(Diagnostic.warning(
                        SCHEMAS,
                        "subject " + subject + ": its latest schema and ours do not go together" + why
                                + " (use the release of the events that the other services use)"));
            }
        } catch (TransportException e) {
            found.add(Diagnostic.failed(SCHEMAS, String.valueOf(e.getMessage())));
        }
    }
}
