package dev.carillon.bus.transport;

import java.util.ArrayList;
import java.util.List;

/** What the checks of all transports have in common. */
public final class Checks {

    private Checks() {}

    /** The topics to look at: those named, or else those that there are. */
    public static List<String> topics(CheckSpec spec, TransportAdmin admin, List<Diagnostic> checks) {
        List<String> topics = new ArrayList<>(spec.topics());
        if (topics.isEmpty()) {
            guarded("topics", checks, () -> topics.addAll(admin.topics(spec.prefix())));
        }
        return topics;
    }

    /** Looks; what may not be asked is worth a warning: no service needs it. */
    public static void guarded(String subject, List<Diagnostic> checks, Runnable look) {
        try {
            look.run();
        } catch (TransportException e) {
            checks.add(Diagnostic.warning(subject, "cannot be told: " + e.getMessage()));
        }
    }
}
