package dev.carillon.bus.transport;

import java.util.concurrent.CompletableFuture;

/** Sends messages, pipelined. Thread-safe. */
public interface MessageSink extends AutoCloseable {

    /**
     * Sends a message without waiting for the broker. Messages that one thread sends to one topic (with one key, if the broker
     * has partitions) stay in order.
     *
     * @return completes with the text of the message's {@link Position} when the broker has acknowledged it, or exceptionally with a
     *     {@link TransportException}, which is an {@link UnpublishableException} when the broker will never accept the message
     */
    CompletableFuture<String> send(OutgoingMessage message);

    /**
     * Sends a message whose result a caller waits for: it is not delayed to be sent in a batch. Otherwise like {@link #send}.
     */
    default CompletableFuture<String> sendAwaited(OutgoingMessage message) {
        return send(message);
    }

    /** Sends buffered messages and closes the connection; messages in flight complete or fail. */
    @Override
    void close();
}
