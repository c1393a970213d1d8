package dev.carillon.bus;

import static dev.carillon.bus.Examples.LENT;
import static dev.carillon.bus.Examples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.testing.CapturedLog;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a consumer and a bus log at their start. */
class StartupReportTest extends EngineTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void oneLineNamesBrokerTopicsGroupAndReceivers() {
        hear();
        publish(1);

        consumer(options().withMaxEvents(1)).run();

        assertThat(log.messages(Level.INFO))
                .contains("Consuming topics [books] from troubled as group readers; receivers: [hearing of "
                        + LENT.eventType() + "]");
        assertThat(log.warningsAndErrors()).isEmpty();
    }

    private void awaitWarning(String text) {
        until("the warning", () -> log.warnings().stream().anyMatch(line -> line.contains(text)));
    }

    @Test
    void aConsumerWithoutReceiversIsReported() {
        EventConsumer consumer = bus().consumer("books", "readers").start();

        awaitWarning("No receiver is connected: all events of topics [books]");

        consumer.close();
    }

    @Test
    void aTopicWhoseEventsNobodyWantsIsReported() {
        events.connect(RETURNED, "returns", event -> {});
        publish(1);
        set(
                ProducerConfig.SETTING,
                Map.of(LENT.eventType(), Map.of("books", Map.of("event_key_field", "loan.book", "enabled", false))));
        EventConsumer consumer = consumer(options()).start();

        awaitWarning("Topic books has, by EVENT_BUS_PRODUCER_CONFIG, the events [" + LENT.eventType()
                + "], for which this service has no receiver");
        until(
                "the skipped type",
                () -> log.messages(Level.INFO).stream()
                        .anyMatch(line -> line.contains("for which no receiver is connected here")));

        consumer.close();
    }

    @Test
    void anEventWithoutAKeyFieldIsReportedWhereMessagesHaveNoKeys() {
        broker.carriesKeys = false;
        hear();
        EventConsumer consumer = consumer(options()).start();

        awaitWarning("Events of type " + LENT.eventType() + " have no key on troubled");
        consumer.close();

        log.close();
        try (CapturedLog again = new CapturedLog()) {
            consumer(options().withKeyField(LENT, "loan.book"))
                    .start()
                    .awaitReady(Duration.ofSeconds(20))
                    .close();
            assertThat(again.warnings()).isEmpty();
        }
    }
}
