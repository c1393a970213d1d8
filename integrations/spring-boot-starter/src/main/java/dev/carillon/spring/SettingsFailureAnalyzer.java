package dev.carillon.spring;

import dev.carillon.bus.config.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports wrong settings of the event bus without a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        return new FailureAnalysis(
                "The event bus cannot be opened. " + cause.getMessage(),
                "Correct what is named above. A setting EVENT_BUS_… takes precedence over the property carillon.… that stands for it.",
                cause);
    }
}
