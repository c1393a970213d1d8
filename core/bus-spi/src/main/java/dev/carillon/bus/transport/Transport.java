package dev.carillon.bus.transport;

import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.util.Optional;

/**
 * A connection to one broker. It implements how to send, poll and acknowledge; the engine handles ordering, decoding, failures
 * and draining. Thread-safe.
 */
public interface Transport extends AutoCloseable {

    /** The header names of the metadata on this wire. */
    HeaderNames headerNames();

    /** Whether messages have keys on this wire; if not, the producer does not compute one. */
    boolean carriesKeys();

    /**
     * Parses a position that this transport made: {@code position(p.toString())} equals {@code p}. Does not contact the broker,
     * so there need not be a message at this position.
     *
     * @param text the position in the broker's format; may come from an operator, or from a header that anyone has written
     * @throws IllegalArgumentException when the text is not a position on this broker; the message shows the format
     */
    Position position(String text);

    /** The address of the broker for the log, without secrets; empty when there is none. */
    default Optional<String> address() {
        return Optional.empty();
    }

    /** Returns a sink to send messages. One serves all threads; the caller closes it. */
    MessageSink sink();

    /**
     * Returns a source that reads the messages of a group. Does not contact the broker yet, so an unavailable broker is first
     * noticed by {@link MessageSource#poll}.
     *
     * @param listener is notified of losses, and of partitions that are revoked or lost
     * @throws IllegalArgumentException when the specification contains options that this transport does not understand
     */
    MessageSource source(SourceSpec spec, SourceListener listener);

    /**
     * Returns the group move that {@link SourceSpec#extra()} requests, if the transport supports one: the consumer then runs it
     * instead of reading, and ends.
     *
     * <p>When its {@code run} returns, the group has been moved. It throws a {@link TransportException} when the broker does not
     * respond; the engine waits and runs it again. It throws an {@link IllegalStateException} when the group cannot be moved,
     * for example because it has members.
     *
     * @throws IllegalArgumentException when the specification contains options that this transport does not understand
     */
    default Optional<Runnable> reset(SourceSpec spec) {
        return Optional.empty();
    }

    /**
     * Returns a new store that keeps and finds messages. Empty when this transport has none: then there are no dead letters and
     * no replay. Does not contact the broker yet. The caller closes it, before the transport.
     */
    default Optional<MessageStore> store() {
        return Optional.empty();
    }

    /**
     * Returns a new administration of the broker. Empty when this transport has none: then groups cannot be listed, moved or
     * checked. Does not contact the broker yet. The caller closes it, before the transport.
     */
    default Optional<TransportAdmin> admin() {
        return Optional.empty();
    }

    /** Closes the connections. Sinks and sources are closed before this is called. */
    @Override
    void close();
}
