package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.events.EventMetadata;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** One log line for each event published and consumed, without its data, where the setting asks for it. */
interface AuditContract extends ContractTest {

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    default void logsEachEventThatIsPublishedAndConsumedWhenTheAuditLogIsOn() {
        try (CapturedLog log = new CapturedLog()) {
            EventMetadata metadata = sendsAndReceives(true);

            List<String> lines = log.linesWith(metadata.id().toString());
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("Published", bench().topic()));
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("Received", bench().topic()));
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("Processed", bench().topic()));
            assertThat(log.linesWith("ada-lovelace")).isEmpty();
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    default void logsNoEventWhenTheAuditLogIsOff() {
        try (CapturedLog log = new CapturedLog()) {
            EventMetadata metadata = sendsAndReceives(false);

            assertThat(log.linesWith(metadata.id().toString())).isEmpty();
        }
    }

    private EventMetadata sendsAndReceives(boolean audit) {
        Map<String, Boolean> settings = Map.of(bench().setting("AUDIT_LOGGING_ENABLED"), audit);
        Service writer = bench().service("writer", settings);
        writer.send(bench().topic(), new Step("ada-lovelace", 1)).join();
        Service reader = bench().service("reader", settings);
        ConsumerOptions options = bench().fromEarliest().withMaxEvents(1);
        RunningConsumer consumer = reader.consume(bench().group(), options);
        consumer.awaitEnd();
        return reader.recorder().await(STEP).metadata();
    }
}
