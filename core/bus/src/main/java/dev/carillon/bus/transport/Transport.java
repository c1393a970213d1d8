package dev.carillon.bus.transport;

import dev.carillon.bus.transport.MessageSource.SourceListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one broker. It says how to send, poll and acknowledge; ordering, decoding, failure handling and draining
 * are the engine's. Thread-safe.
 */
public interface Transport extends AutoCloseable {

    /** Names the metadata on this wire. */
    HeaderNames headerNames();

    /** Whether a message has a key on this wire; when not, the producer does not compute one. */
    boolean carriesKeys();

    /** Where messages are sent. One for all threads; the caller closes it. */
    MessageSink sink();

    /**
     * Where the messages of a group are read. Does not yet touch the broker, so that a broker that is away is met by
     * {@link MessageSource#poll}.
     *
     * @param listener hears of losses, and of partitions that go to others
     * @throws IllegalArgumentException when the specification holds something that this transport does not understand
     */
    MessageSource source(SourceSpec spec, SourceListener listener);

    /**
     * The order to move the group that {@link SourceSpec#extra()} gives, where the transport knows one: the consumer then
     * moves the group and ends, instead of reading.
     *
     * @throws IllegalArgumentException when the specification holds something that this transport does not understand
     */
    default Optional<GroupReset> reset(SourceSpec spec) {
        return Optional.empty();
    }

    /** Keeps messages and looks them up; null where the broker cannot. The caller closes it. */
    default @Nullable MessageStore store() {
        return null;
    }

    /**
     * What operators ask of the broker. Does not yet touch it. The caller closes it, before the transport.
     *
     * @throws UnsupportedOperationException when this transport has no such thing
     */
    default TransportAdmin admin() {
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " cannot be administered: it does not implement Transport.admin()");
    }

    /** Lets go of the connections. Sinks and sources were closed before. */
    @Override
    void close();
}
