package dev.carillon.bus.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthGateTest {

    @Test
    void aCheckThatFailsIsReportedOnceWithItsReasonAndWithoutSecrets() {
        AtomicInteger checks = new AtomicInteger();
        try (CapturedLog log = new CapturedLog();
                HealthGate gate = new HealthGate(
                        () -> {
                            checks.incrementAndGet();
                            throw new IllegalStateException("no route to db.example.org, password=hunter2");
                        },
                        Duration.ofMillis(5),
                        "gate")) {
            gate.start();

            await("several checks").until(() -> checks.get() > 5);
            assertThat(gate.isOpen()).isFalse();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("IllegalStateException", "no route to db.example.org")
                    .doesNotContain("hunter2");
        }
    }
}
