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

/** The audit log: one line for each event published and consumed, without its data, if enabled. */
interface AuditContract extends ContractPart {

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    default void logsEachEventThatIsPublishedAndConsumedWhenTheAuditLogIsOn() {
        try (CapturedLog log = new CapturedLog()) {
            EventMetadata metadata = sendsAndReceives(true);

            List<String> lines = log.linesWith(metadata.id().toString());
            assertThat(lines)
                    .anySatisfy(line ->
                            assertThat(line).contains("Published", fixture().topic()));
            assertThat(lines)
                    .anySatisfy(line ->
                            assertThat(line).contains("Processed", fixture().topic()));
            assertThat(lines).noneSatisfy(line -> assertThat(line).contains("Received"));
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
        Map<String, Boolean> settings = Map.of(fixture().setting("AUDIT_LOGGING_ENABLED"), audit);
        Service writer = fixture().service("writer", settings);
        writer.send(fixture().topic(), new Step("ada-lovelace", 1)).join();
        Service reader = fixture().service("reader", settings);
        ConsumerOptions options = fixture().fromEarliest().withMaxEvents(1);
        RunningConsumer consumer = reader.consume(fixture().group(), options);
        consumer.awaitEnd();
        return reader.recorder().await(STEP).metadata();
    }
}
