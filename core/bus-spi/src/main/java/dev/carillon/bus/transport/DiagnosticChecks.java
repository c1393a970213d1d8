package dev.carillon.bus.transport;

import java.util.ArrayList;
import java.util.List;

/** Helpers shared by the checks of all transports. */
public final class DiagnosticChecks {

    private DiagnosticChecks() {}

    /** The topics to check: those of the specification, or all existing ones when it names none. */
    public static List<String> topics(TransportAdmin.CheckSpec spec, TransportAdmin admin, List<Diagnostic> checks) {
        List<String> topics = new ArrayList<>(spec.topics());
        if (topics.isEmpty()) {
            guarded("topics", checks, () -> topics.addAll(admin.topics(spec.prefix())));
        }
        return topics;
    }

    /** Runs a check; if the broker refuses, adds only a warning, because no service needs the information. */
    public static void guarded(String subject, List<Diagnostic> checks, Runnable inspection) {
        try {
            inspection.run();
        } catch (TransportException e) {
            checks.add(Diagnostic.warning(
                    subject,
                    "cannot be checked: " + e.getMessage(),
                    "grant the missing permission, or ignore this: no service needs it"));
        }
    }
}
