package dev.carillon.bus.jdbc;

import dev.carillon.bus.Outbox.EncodedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code carillon_outbox} that waits to be published.
 *
 * @param orderHash the hash of its topic and key, or of its topic: rows with the same hash are published in order ({@link Ordering})
 * @param event the event; null when the row is damaged
 */
record OutboxRow(
        long id, long orderHash, String topic, @Nullable EncodedEvent event) {

    /** The values of the column {@code status}. */
    enum Status {
        WAITING(0),
        PUBLISHED(1),
        /** Cannot be published; the rows behind it are published. */
        DEAD_LETTERED(2),
        /** Cannot be published; the rows behind it with the same hash wait. */
        DEAD_LETTERED_BLOCKING(3),
        DISCARDED(4);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
