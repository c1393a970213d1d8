package dev.carillon.spring;

import dev.carillon.bus.config.SettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports wrong settings of the event bus without a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {

    private static final String CORRECT =
            "Correct what is named above. A setting EVENT_BUS_… takes precedence over the property carillon.… that stands for it.";

    private static final String ADD_MODULE =
            " carillon.broker stands for EVENT_BUS_PRODUCER and EVENT_BUS_CONSUMER. Each broker needs its module on the class path:"
                    + " carillon-bus-redis or carillon-bus-kafka.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        boolean namesBroker = cause.problems().stream()
                .anyMatch(each -> each.startsWith("EVENT_BUS_PRODUCER ") || each.startsWith("EVENT_BUS_CONSUMER "));
        return new FailureAnalysis(
                "The event bus cannot be opened. " + cause.getMessage(),
                namesBroker ? CORRECT + ADD_MODULE : CORRECT,
                cause);
    }
}
