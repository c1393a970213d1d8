package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A consumer in a thread of its own. */
class StartedConsumerTest extends EngineTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void deliversUntilItIsClosed() {
        hear();
        publish(2);

        EventConsumer consumer = consumer(options()).start().awaitReady(LONG);
        until("both loans", () -> heard.size() == 2);
        consumer.closeAndFlush();

        assertThat(heard).containsExactly(0L, 1L);
        assertThat(consumer.health().running()).isFalse();
    }

    @Test
    void isNotReadyUntilTheBrokerResponds() {
        broker.pollsToFail.set(Integer.MAX_VALUE);
        try (EventConsumer consumer = consumer(options()).start()) {
            assertThatThrownBy(() -> consumer.awaitReady(SHORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The consumer of topics [books] as group readers is not ready: the broker has not"
                            + " responded yet");

            broker.pollsToFail.set(0);

            assertThat(consumer.awaitReady(LONG)).isSameAs(consumer);
        }
    }

    @Test
    void isNotReadyWhileItsHealthCheckFails() {
        try (EventConsumer consumer =
                consumer(options().withHealthCheck(() -> false, SHORT)).start()) {
            until(
                    "a failed check",
                    () -> !consumer.health().healthCheckPassed()
                            && consumer.health().lastPoll() != null);

            assertThatThrownBy(() -> consumer.awaitReady(SHORT)).hasMessageEndingWith("its health check fails");
        }
    }

    @Test
    void whatEndsItIsLoggedAndThrownByAwaitReady() {
        // two receivers of one name: the consumer refuses to start
        for (int i = 0; i < 2; i++) {
            events.connect(Examples.LENT, event -> heard.add(event.data().days()));
        }
        try (CapturedLog log = new CapturedLog();
                EventConsumer consumer =
                        consumer(options().withRetries(RetryPolicy.none())).start()) {
            assertThatThrownBy(() -> consumer.awaitReady(LONG))
                    .hasMessageEndingWith("is not ready: it has ended")
                    .hasCauseInstanceOf(IllegalStateException.class);
            until(
                    "the log",
                    () -> log.errors().stream()
                            .anyMatch(line -> line.contains("Consumer of topics [books] as group readers ended")));
        }
    }

    @Test
    void oneThatWasNotStartedIsNotReadyAndStartsOnlyOnce() {
        EventConsumer consumer = bus().consumer(List.of("books"), "readers", options());
        assertThatThrownBy(() -> consumer.awaitReady(SHORT)).hasMessageEndingWith("it was not started");

        consumer.start();

        assertThatThrownBy(consumer::start).hasMessage("A consumer can run only once: create a new one");
        consumer.close();
    }

    @Test
    void aWaitingThreadThatIsInterruptedStaysInterrupted() {
        EventConsumer consumer = consumer(options());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> consumer.awaitReady(LONG)).hasMessageEndingWith("was interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }
}
