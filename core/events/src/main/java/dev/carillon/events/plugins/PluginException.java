package dev.carillon.events.plugins;

import java.util.List;

/** Plugins that cannot be connected. Nothing was connected. */
public final class PluginException extends RuntimeException {

    private final List<String> problems;

    PluginException(List<String> problems) {
        super("Plugins were not connected because of " + problems.size()
                + (problems.size() == 1 ? " problem" : " problems") + ":\n- " + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems: each names the file, the service type, the receiver and the fix. */
    public List<String> problems() {
        return problems;
    }
}
