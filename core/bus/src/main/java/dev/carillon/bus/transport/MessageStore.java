package dev.carillon.bus.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * Looks through the messages that are kept in a topic, by their place; nothing, where there is no such topic. They come one at a
     * time, without their values, so that it does not matter how large they are or how many; their key is the name that they are
     * kept under, where the broker knows it.
     *
     * @param reader makes of a message what is to be remembered of it; called for messages that were replaced or discarded, too
     * @return what the reader made of those that are kept
     */
    <T> List<T> kept(String topic, Function<IncomingMessage, T> reader);

    /** The whole message that is kept at a place; empty when it is gone from there. */
    Optional<IncomingMessage> kept(String topic, String place);

    /** Removes a message that is kept under a name; nothing happens when it is gone. */
    void discard(String topic, String id, String place);

    /** Removes whatever stands at a place, under whatever name; nothing happens when it is gone. */
    void discard(String topic, String place);

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
