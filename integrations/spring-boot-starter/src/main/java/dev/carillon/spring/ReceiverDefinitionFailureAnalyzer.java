package dev.carillon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a wrong receiver without a stack trace. */
final class ReceiverDefinitionFailureAnalyzer extends AbstractFailureAnalyzer<ReceiverDefinitionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ReceiverDefinitionException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
