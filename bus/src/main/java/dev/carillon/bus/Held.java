package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;

/** A message that was read and is not yet acknowledged. */
final class Held {

    private final IncomingMessage message;
    private final int bytes;
    private volatile boolean finished;

    Held(IncomingMessage message) {
        this.message = message;
        this.bytes = message.data().length;
    }

    IncomingMessage message() {
        return message;
    }

    int bytes() {
        return bytes;
    }

    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }
}
