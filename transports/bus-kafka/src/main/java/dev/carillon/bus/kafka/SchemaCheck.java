package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the schemas of this service against those in the registry. */
final class SchemaCheck {

    private static final String SCHEMAS = "schemas";
    private static final String SAME_RELEASE = "use the same release of the events as the other services";

    private final SchemaRegistry registry;
    private final CheckSpec spec;

    SchemaCheck(SchemaRegistry registry, CheckSpec spec) {
        this.registry = registry;
        this.spec = spec;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        Set<String> subjects;
        try {
            subjects = registry.subjects();
        } catch (TransportException e) {
            checks.add(Diagnostic.failed(
                    "registry",
                    String.valueOf(e.getMessage()),
                    "check that the schema registry is running, and " + KafkaSettings.REGISTRY_URL));
            return;
        }
        checks.add(
                Diagnostic.ok("registry", "the schema registry is reachable, with " + subjects.size() + " subjects"));
        List<Diagnostic> found = new ArrayList<>();
        int compared = 0;
        for (String topic : topics) {
            for (Map.Entry<String, String> schema : spec.schemas().entrySet()) {
                String subject = WireFormat.valueSubject(topic, schema.getKey());
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
                            ? "the registry has no schemas of these topics yet: the first event of each type registers its own"
                            : "all schemas of these topics in the registry are compatible with ours: " + compared));
        }
    }

    private boolean publishes(String topic, String eventType) {
        return spec.published().getOrDefault(topic, Set.of()).contains(eventType);
    }

    private void compare(String subject, String schema, boolean publishes, List<Diagnostic> found) {
        try {
            SchemaRegistry.Compatibility compatibility = registry.compare(subject, schema);
            String why = compatibility.differences().isEmpty() ? "" : ": " + compatibility.differences();
            if (publishes && !compatibility.isAccepted()) {
                found.add(Diagnostic.failed(
                        SCHEMAS, "subject " + subject + " will reject our schema" + why, SAME_RELEASE));
            } else if (!compatibility.isAccepted()
                    || !compatibility.differences().isEmpty()) {
                found.add(Diagnostic.warning(
                        SCHEMAS,
                        "subject " + subject + ": its latest schema and ours are incompatible" + why,
                        SAME_RELEASE));
            }
        } catch (TransportException e) {
            found.add(Diagnostic.failed(
                    SCHEMAS,
                    String.valueOf(e.getMessage()),
                    "correct what the registry rejects about subject " + subject + ", and run the check again"));
        }
    }
}
