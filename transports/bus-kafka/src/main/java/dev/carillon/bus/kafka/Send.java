package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.OutgoingMessage;
import java.util.concurrent.CompletableFuture;

/** A message on its way, and the answer to whoever sent it. */
final class Send extends CompletableFuture<String> {

    private final OutgoingMessage message;
    private final long deadline;
    private final boolean awaited;

    /** Is of no use any more at this {@link System#nanoTime()}; others wait for the answer where it is awaited. */
    Send(OutgoingMessage message, long deadline, boolean awaited) {
        this.message = message;
        this.deadline = deadline;
        this.awaited = awaited;
    }

    boolean isAwaited() {
        return awaited;
    }

    OutgoingMessage message() {
        return message;
    }

    boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }
}
