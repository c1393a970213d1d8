package dev.carillon.bus.spi;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Reads the messages of one group. All methods are called by one thread. It makes the group where there is none (at
 * {@link SourceSpec#startAt()}), and never moves one that exists.
 */
public interface MessageSource extends AutoCloseable {

    /**
     * Waits for messages, at most for the timeout. A message that was handed out is not handed out again by this source until
     * it is acknowledged, also not after a reconnect. Messages that a source before this one left unacknowledged come first.
     *
     * @param max at most this many messages; 0 only keeps the group's membership alive
     * @return the messages, in order; empty when the timeout passed
     * @throws TransportException when the broker does not answer; the engine waits and calls again
     */
    List<IncomingMessage> poll(int max, Duration timeout);

    /**
     * From now on, nothing of these topics is handed out, until this is called again without them. Does not touch the broker.
     *
     * @param topics full topics; never all of them
     */
    void pause(Set<String> topics);

    /**
     * Tells the broker that messages are finished with, as {@link #ackMode()} says.
     *
     * @throws TransportException when the broker does not answer; the engine calls again with the same messages and more
     */
    void acknowledge(List<IncomingMessage> messages);

    /** How messages are acknowledged. */
    AckMode ackMode();

    /** Leaves the group. What is not acknowledged stays with the group. Does not throw when the broker is away. */
    @Override
    void close();
}
