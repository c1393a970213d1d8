package dev.carillon.bus.transport;

import java.util.concurrent.CompletableFuture;

/** Sends messages, pipelined. Thread-safe. */
public interface MessageSink extends AutoCloseable {

    /**
     * Sends a message without waiting for the broker. Messages sent by one thread to one topic (with one key, where the
     * broker has partitions) keep their order.
     *
     * @return the message's position once the broker has it; or, exceptionally, a {@link TransportException}: an {@link
     *     UnpublishableException} when the message itself is what the broker will never take
     */
    CompletableFuture<String> send(OutgoingMessage message);

    /**
     * Sends a message whose answer others wait for: it is not kept back to be sent with more. Otherwise as {@link #send}.
     */
    default CompletableFuture<String> sendAwaited(OutgoingMessage message) {
        return send(message);
    }

    /** Sends what is buffered and lets go; messages under way complete or fail. */
    @Override
    void close();
}
