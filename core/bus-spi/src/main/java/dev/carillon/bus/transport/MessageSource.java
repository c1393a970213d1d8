package dev.carillon.bus.transport;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Reads the messages of one group. All methods are called by one thread unless they say otherwise. Creates the group if it does
 * not exist (at {@link SourceSpec#startAt()}), and never moves an existing one.
 *
 * <p>A source calls its {@link SourceListener} in the polling thread, within its own methods. It reports partitions that are
 * revoked or lost only within {@link #poll}, never within {@link #acknowledge} or {@link #close}; incidents within any method
 * except {@link #owns} and {@link #topicId}. While {@link SourceListener#partitionsRevoked} runs, the engine calls
 * {@link #acknowledge(List, Runnable)} on the source, more than once, for any partition: the source must accept this in the
 * middle of its poll. The engine calls nothing else there, and nothing at all from the other two methods of the listener. When
 * the listener has returned, the poll continues, and returns no messages of the revoked or lost partitions. Meanwhile, worker
 * threads may call {@code owns} and {@code topicId}, as at any time; for partitions that are revoked, {@code owns} is false
 * before the listener is called.
 */
public interface MessageSource extends AutoCloseable {

    /**
     * Waits for messages, at most for the timeout. A message that was returned is not returned again by this source until it is
     * acknowledged, not even after a reconnect. Messages that an earlier source left unacknowledged come first.
     *
     * @param max the maximum number of messages; 0 only keeps the group membership alive
     * @param maxBytes the approximate maximum size of the data in bytes, at least 1: the last message may exceed it. A source
     *     that cannot know the size of messages before it reads them begins with few, and adapts to the sizes that it sees
     * @return the messages, in order; empty when the timeout has expired
     * @throws TransportException when the broker does not respond; the engine waits and retries
     */
    List<IncomingMessage> poll(int max, long maxBytes, Duration timeout);

    /** Waits for messages, regardless of their size. */
    default List<IncomingMessage> poll(int max, Duration timeout) {
        return poll(max, Long.MAX_VALUE, timeout);
    }

    /**
     * Reads messages again that this source has returned, that are not acknowledged, and whose data the engine has dropped to
     * save memory. Waits only for the broker.
     *
     * @param partition the partition of the messages
     * @param positions their positions, in the order of the partition; at most a hundred
     * @return the messages that still exist, in order, as {@link #poll} returned them. A missing message has left the topic:
     *     the source reports it to its listener as a loss, and the engine completes it
     * @throws TransportException when the broker does not respond; the engine waits and retries
     */
    List<IncomingMessage> readAgain(Partition partition, List<Position> positions);

    /**
     * Whether this member may still begin to process a message that it has read: false when the partition now belongs to
     * another member, as far as this is known without a request to the broker. Called by worker threads before each event, so
     * it must be cheap and must not block. The default returns true.
     */
    default boolean owns(IncomingMessage message) {
        return true;
    }

    /**
     * Returns an id, in the broker's format, that distinguishes a topic from one of the same name that was deleted and
     * recreated with positions that start over; it is the same for all members. Empty when it is not known, or when positions
     * never start over, which is the default. Called by any thread; does not block.
     *
     * @param topic the full topic
     */
    default String topicId(String topic) {
        return "";
    }

    /**
     * Stops reading these topics until this is called again without them. Does not contact the broker.
     *
     * @param topics full topics; never all of them
     */
    void pause(Set<String> topics);

    /**
     * Acknowledges finished messages to the broker, as {@link #ackMode()} says.
     *
     * @throws TransportException when the broker does not respond; the engine calls again with the same messages and more
     */
    void acknowledge(List<IncomingMessage> messages);

    /**
     * As {@link #acknowledge(List)}, for a source that does not wait for the broker's response.
     *
     * @param onAccepted runs in the calling thread, in this or a later call of the source, when the broker has accepted these
     *     acknowledgements; never runs if the broker does not accept them
     */
    default void acknowledge(List<IncomingMessage> messages, Runnable onAccepted) {
        acknowledge(messages);
        onAccepted.run();
    }

    /** How messages are acknowledged. */
    AckMode ackMode();

    /** Leaves the group. Unacknowledged messages remain with the group. Does not throw when the broker is unavailable. */
    @Override
    void close();

    /** How messages are acknowledged to the broker. */
    enum AckMode {
        /** Each message individually, in any order. */
        INDIVIDUAL,
        /** Up to a message: acknowledges all messages before it in its topic and partition. */
        CUMULATIVE
    }

    /** Is notified of changes to the group of a source. {@link MessageSource} says when, and what it may call back. */
    @FunctionalInterface
    interface SourceListener {

        /** Messages were lost, or another client moved the position of the group. */
        void incident(GroupIncident incident);

        /**
         * The group assigns these partitions to another member as soon as this returns. By then, finished messages of these
         * partitions are acknowledged (which calls the source), and work on the others has stopped.
         *
         * @param timeout how long the group waits
         */
        default void partitionsRevoked(Collection<Partition> partitions, Duration timeout) {}

        /**
         * These partitions already belong to another member, or this source reads them again from another position: the messages
         * that it has returned are no longer processed or acknowledged.
         */
        default void partitionsLost(Collection<Partition> partitions) {}
    }
}
