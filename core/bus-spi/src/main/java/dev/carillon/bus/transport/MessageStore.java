package dev.carillon.bus.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stores and finds messages in topics, independently of the groups that read them: for dead letters and for replay.
 * Every call waits for the broker, and throws a {@link TransportException} when the request fails; a retry can do no harm
 * except a duplicate. Thread-safe.
 */
public interface MessageStore extends AutoCloseable {

    /**
     * Stores a message under an id until it is discarded, in a topic used only for stored messages.
     *
     * @param topic the full topic; created if it does not exist, so that nothing in it is trimmed or expires
     * @param id the id; replaces another message with the same id
     * @param replaced the place of the replaced message; null when there is none
     * @return the place of the message: the text of its {@link Position} in this topic. A later place compares as greater
     * @throws UnpublishableException when the broker will never accept the message, for example because it is too large
     */
    String put(String topic, String id, @Nullable String replaced, RawMessage message);

    /**
     * Reads the messages that are stored in a topic, by place; none when the topic does not exist. They are read one at
     * a time and without their values, so their size and number do not matter; their key is the id that they are stored under,
     * if the broker knows it.
     *
     * @param reader converts a message to the result to keep; also called for messages that were replaced or discarded
     * @return the results for the messages that are still stored
     */
    <T> List<T> list(String topic, Function<IncomingMessage, T> reader);

    /** Returns the complete message stored at a place; empty when it is gone. */
    Optional<IncomingMessage> find(String topic, String place);

    /** Removes a message stored under an id; does nothing when it is gone. */
    void discard(String topic, String id, String place);

    /** Removes the message at a place, under any id; does nothing when it is gone. */
    void discard(String topic, String place);

    /**
     * Sends messages unchanged, all at once. Messages with the same key stay in order. When this fails, some may have been
     * sent.
     *
     * @throws UnpublishableException when the broker will never accept one of them
     */
    void send(String topic, List<RawMessage> messages);

    /**
     * Reads a topic independently of all groups, from the start position to the end that the topic has when this is called;
     * nothing when the topic does not exist.
     *
     * @param visitor receives the messages, in order within one partition, and returns whether to continue
     */
    void read(String topic, StartAt from, Predicate<IncomingMessage> visitor);

    /** Closes the connections. */
    @Override
    void close();
}
