package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.Objects;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What is logged of receivers that fail. */
class FailedAttemptsTest extends EngineTest {

    @Test
    void eachIsOneLineAndTheLastHasItsStackTrace() {
        events.connect(LENT, "failing", event -> {
            throw new IllegalStateException("no slip for " + event.data().book());
        });
        publish(1);
        RetryPolicy three = RetryPolicy.defaults()
                .withMaxAttempts(3)
                .withDelays(Duration.ofMillis(2), Duration.ofMillis(2))
                .withJitter(0);
        try (CapturedLog log = new CapturedLog()) {
            consumer(options().withRetries(three).withMaxEvents(1)).run();

            assertThat(log.warnings())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("Receiver failing failed on message books@0:0 (" + LENT.eventType())
                                    .contains("attempt 1 of 3, next in 2 ms: java.lang.IllegalStateException: no slip"),
                            second -> assertThat(second).contains("attempt 2 of 3, next in 2 ms"));
            assertThat(log.errors())
                    .satisfiesExactly(
                            last -> assertThat(last).contains("attempt 3 of 3, the last one"),
                            moved -> assertThat(moved).contains("moved to dead letters"));
            assertThat(log.records().stream()
                            .map(LogRecord::getThrown)
                            .filter(Objects::nonNull)
                            .toList())
                    .singleElement()
                    .satisfies(thrown -> assertThat(thrown.getStackTrace()).isNotEmpty());
        }
    }
}
