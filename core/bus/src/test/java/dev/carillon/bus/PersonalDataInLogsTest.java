package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import dev.carillon.testing.CapturedLog;
import java.util.Objects;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What the engine logs about code that is not its own holds no personal data of the event. */
class PersonalDataInLogsTest extends EngineTest {

    record Reader(@Pii String email) {}

    private static final Signal<Reader> JOINED =
            Signal.of("org.example.library.reader.joined.v1", "reader", Reader.class);

    @Test
    void aFailurePolicyThatQuotesThePersonIsLoggedWithoutThem() {
        events.connect(JOINED, "failing", event -> {
            throw new IllegalStateException("torn");
        });
        bus().producer()
                .send(JOINED, "books", "reader.email", new Reader("ada@example.org"), events.newMetadata(JOINED))
                .join();
        EventConsumer consumer = consumer(options().withMaxEvents(1).withFailurePolicy(new FailurePolicy.Callback() {
            @Override
            public void receiverFailed(FailedDelivery failed) {
                throw new IllegalStateException("no message reached ada@example.org");
            }

            @Override
            public void undecodable(UndecodableMessage message) {}
        }));

        try (CapturedLog log = new CapturedLog()) {
            consumer.run();

            assertThat(log.errors()).anyMatch(line -> line.contains("Failure policy failed on books@0:"));
            assertThat(log.records())
                    .extracting(LogRecord::getThrown)
                    .filteredOn(Objects::nonNull)
                    .noneMatch(thrown -> thrown.toString().contains("ada@"))
                    .anyMatch(thrown -> thrown.toString().contains("no message reached"));
        }
    }
}
