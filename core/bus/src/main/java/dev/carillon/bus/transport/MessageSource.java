package dev.carillon.bus.transport;

import java.time.Duration;
import java.util.Collection;
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
     * @param maxBytes about this many bytes of data, at least 1: the last message may go beyond. A source that cannot know the
     *     size of messages before it reads them begins with few, and adapts to the sizes it sees
     * @return the messages, in order; empty when the timeout passed
     * @throws TransportException when the broker does not answer; the engine waits and calls again
     */
    List<IncomingMessage> poll(int max, long maxBytes, Duration timeout);

    /** Waits for messages, whatever their size. */
    default List<IncomingMessage> poll(int max, Duration timeout) {
        return poll(max, Long.MAX_VALUE, timeout);
    }

    /**
     * Reads messages again that this source handed out, that are not acknowledged, and whose data the engine has dropped to save
     * memory. Waits for the broker, and for nothing else.
     *
     * @param partition where they stand
     * @param positions their positions, in the order of the partition; at most a hundred
     * @return those that are still there, in order, as {@link #poll} handed them out. A message that is missing has left the
     *     topic: the source reports that to its listener as a loss, and the engine finishes with it
     * @throws TransportException when the broker does not answer; the engine waits and calls again
     */
    List<IncomingMessage> readAgain(Partition partition, List<String> positions);

    /**
     * Whether this member may still begin with a message that it handed out: not when its partition belongs to another member by
     * now, as far as that can be known without asking the broker. Called by worker threads before each event, so it must be cheap
     * and must not block. The default says yes.
     */
    default boolean owns(IncomingMessage message) {
        return true;
    }

    /**
     * What tells a topic from one of the same name that was deleted before it was made anew, and whose positions began anew, in
     * the broker's words; the same for all members. Empty where that is not known, and where positions never begin anew, which
     * the default says. Called by any thread; does not block.
     *
     * @param topic the full topic
     */
    default String topicId(String topic) {
        return "";
    }

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

    /**
     * As {@link #acknowledge(List)}, for a source that does not wait for the broker's answer.
     *
     * @param taken runs in the calling thread, in this or a later call of the source, when the broker has taken these
     *     acknowledgements; never, where it does not take them
     */
    default void acknowledge(List<IncomingMessage> messages, Runnable taken) {
        acknowledge(messages);
        taken.run();
    }

    /** How messages are acknowledged. */
    AckMode ackMode();

    /** Leaves the group. What is not acknowledged stays with the group. Does not throw when the broker is away. */
    @Override
    void close();

    /** How a broker is told that messages are finished with. */
    enum AckMode {
        /** Each message by itself, in any order. */
        INDIVIDUAL,
        /** Up to a message: one that finishes all before it in its topic and partition. */
        CUMULATIVE
    }

    /** Hears what a source noticed about its group. Called by the polling thread, within a call of the source. */
    @FunctionalInterface
    interface SourceListener {

        /** Messages were lost, or the group's position was moved by somebody else. */
        void incident(GroupIncident incident);

        /**
         * The group gives these partitions to another member, as soon as this returns: by then, what was read of them is
         * acknowledged (which calls the source) as far as it is finished with, and the rest is not worked on any more.
         *
         * @param patience how long the group waits
         */
        default void partitionsRevoked(Collection<Partition> partitions, Duration patience) {}

        /** These partitions are another member's already: what was read of them is not worked on, nor acknowledged, any more. */
        default void partitionsLost(Collection<Partition> partitions) {}
    }
}
