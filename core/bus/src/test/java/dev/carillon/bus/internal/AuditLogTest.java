package dev.carillon.bus.internal;

import static dev.carillon.bus.Examples.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Examples;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.testing.CapturedLog;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    private static final IncomingMessage MESSAGE =
            IncomingMessage.of("dev-books", Examples.position("0:12"), List.of(), new byte[] {1});

    @Test
    void saysInOneLineWhatWasPublishedAndInOneWhatWasProcessed() {
        try (CapturedLog log = new CapturedLog()) {
            logAll(new AuditLog(true, "redis"));

            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "Published to redis: topic=dev-books, event_id=d4a0e3a2-1f5e-11ef-9262-0242ac120002,"
                                    + " event_type=org.example.library.book.lent.v1, position=0:12",
                            "Processed from redis: topic=dev-books, event_id=d4a0e3a2-1f5e-11ef-9262-0242ac120002,"
                                    + " event_type=org.example.library.book.lent.v1, position=0:12,"
                                    + " event_timestamp_ms=1704164645678");
            assertThat(log.records())
                    .extracting(record -> record.getLoggerName())
                    .containsOnly("dev.carillon.bus.audit");
        }
    }

    @Test
    void saysNothingWhenSwitchedOff() {
        try (CapturedLog log = new CapturedLog()) {
            logAll(new AuditLog(false, "redis"));

            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void saysNothingWhenItsLoggerIsQuiet() {
        Logger logger = Logger.getLogger("dev.carillon.bus.audit");
        logger.setLevel(Level.WARNING);
        try (CapturedLog log = new CapturedLog()) {
            logAll(new AuditLog(true, "redis"));

            assertThat(log.records()).isEmpty();
        } finally {
            logger.setLevel(null);
        }
    }

    private static void logAll(AuditLog audit) {
        audit.published("dev-books", METADATA, "0:12");
        audit.received(MESSAGE, METADATA);
        audit.processed(MESSAGE, METADATA);
    }
}
