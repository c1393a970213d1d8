package dev.carillon.bus.transport;

import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one broker. It implements how to send, poll and acknowledge; the engine handles ordering, decoding, failures
 * and draining. Thread-safe.
 */
public interface Transport extends AutoCloseable {

    /** The header names of the metadata on this wire. */
    HeaderNames headerNames();

    /** Whether messages have keys on this wire; if not, the producer does not compute one. */
    boolean carriesKeys();

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
     * Returns the group move that {@link SourceSpec#extra()} requests, if the transport supports one: the consumer then moves
     * the group and ends, instead of reading.
     *
     * @throws IllegalArgumentException when the specification contains options that this transport does not understand
     */
    default Optional<GroupReset> reset(SourceSpec spec) {
        return Optional.empty();
    }

    /**
     * Returns a store that keeps and finds messages; null when the broker does not support it. The caller closes it.
     */
    default @Nullable MessageStore store() {
        return null;
    }

    /**
     * Returns the administration of the broker. Does not contact the broker yet. The caller closes it, before the transport.
     *
     * @throws UnsupportedOperationException when this transport does not support administration
     */
    default TransportAdmin admin() {
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " cannot be administered: it does not implement Transport.admin()");
    }

    /** Closes the connections. Sinks and sources are closed before this is called. */
    @Override
    void close();
}
