package dev.carillon.bus.jdbc;

import dev.carillon.bus.EncodedEvent;

/** A row that waits to be published. */
record OutboxRow(long id, long lane, EncodedEvent event) {

    String topic() {
        return event.message().topic();
    }
}
