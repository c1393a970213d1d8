package dev.carillon.bus.config;

import java.util.List;

/** The settings are invalid. The message lists every problem; nothing was started. */
public final class SettingsException extends RuntimeException {

    private final List<String> problems;

    public SettingsException(String problem) {
        this(List.of(problem));
    }

    public SettingsException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " settings are wrong:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems, each with the setting's name, its value (secrets masked) and the expected value. */
    public List<String> problems() {
        return problems;
    }
}
