package dev.carillon.bus.spi;

import dev.carillon.bus.StartAt;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Topics as a place to keep messages in and to look them up, beside the groups that read them: for dead letters and for replay.
 * Every call waits for the broker, and throws a {@link TransportException} when it does not do what it is asked; trying again
 * does no harm but a double. Thread-safe.
 */
public interface MessageStore extends AutoCloseable {

    /**
     * Keeps a message under a name, in a topic that holds nothing else, until it is discarded.
     *
     * @param topic the full topic; made where there is none, so that nothing in it is trimmed or expires
     * @param id its name; another message of this name is replaced
     * @param replaced the place of the message that is replaced; null when there is none
     * @return its place, in the broker's words
     * @throws UnpublishableException when the broker will never take the message, because it is too large for example
     */
    String keep(String topic, String id, @Nullable String replaced, RawMessage message);

    /** The messages that are kept in a topic, by their place; empty when there is no such topic. Without their keys. */
    List<IncomingMessage> kept(String topic);

    /** Removes a message that is kept; nothing happens when it is gone. */
    void discard(String topic, String id, String place);

    /**
     * Sends messages as they are, all at once. Those of one key keep their order. When this fails, some may have been sent.
     *
     * @throws UnpublishableException when the broker will never take one of them
     */
    void send(String topic, List<RawMessage> messages);

    /**
     * Reads a topic beside all groups, from there to its end as it is when this is called; nothing, where there is no such topic.
     *
     * @param visitor gets the messages, those of one partition in order, and answers whether to go on
     */
    void read(String topic, StartAt from, Predicate<IncomingMessage> visitor);

    /** Lets go of the connections. */
    @Override
    void close();
}
