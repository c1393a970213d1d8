package dev.carillon.bus.spi;

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
     * @throws IllegalArgumentException when the specification holds something that this transport does not understand
     */
    MessageSource source(SourceSpec spec);

    /** Lets go of the connections. Sinks and sources were closed before. */
    @Override
    void close();
}
