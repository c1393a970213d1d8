package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Streams that nobody trims, over one connection. A message that is kept is an entry, its place the entry's id; one that is
 * discarded is deleted.
 */
final class RedisStore implements MessageStore {

    private static final String OLDEST = "-";

    private final Wire wire = new Wire(0);
    private final RedisLink link;

    RedisStore(RedisConnector connector) {
        this.link = new RedisLink(connector);
    }

    /** The new one is there before the old one goes: in between, and after a failure, there are two. */
    @Override
    public synchronized String keep(String topic, String id, @Nullable String replaced, RawMessage message) {
        String place = link.ask("keep a message in topic " + topic, append(topic, message));
        if (replaced != null) {
            discard(topic, id, replaced);
        }
        return place;
    }

    @Override
    public synchronized <T> List<T> kept(String topic, Function<IncomingMessage, T> reader) {
        List<T> kept = new ArrayList<>();
        page(topic, OLDEST, "+", EntryOutput::withoutData, message -> kept.add(reader.apply(message)));
        return kept;
    }

    @Override
    public synchronized Optional<IncomingMessage> kept(String topic, String place) {
        return isPlace(place)
                ? link.ask(reading(topic), StreamCommands.entry(topic, place, ReadBudget.unlimited())).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** What is no place is none that something stands at. */
    private static boolean isPlace(String text) {
        try {
            StreamId.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public synchronized void discard(String topic, String id, String place) {
        discard(topic, place);
    }

    @Override
    public synchronized void discard(String topic, String place) {
        if (!isPlace(place)) {
            return;
        }
        link.ask("discard a message of topic " + topic, StreamCommands.delete(topic, List.of(place)));
    }

    @Override
    public synchronized void send(String topic, List<RawMessage> messages) {
        link.askAll(
                "take messages for topic " + topic,
                messages.stream().map(message -> append(topic, message)).toList());
    }

    private Reply<String> append(String topic, RawMessage message) {
        return new Reply<>(CommandType.XADD, new StatusOutput<>(ByteArrayCodec.INSTANCE), wire.xadd(topic, message));
    }

    @Override
    public synchronized void read(String topic, StartAt from, Predicate<IncomingMessage> visitor) {
        String start = SourceOptions.start(from);
        if (!start.equals(SourceOptions.END)) {
            page(topic, "(" + start, lastId(topic).toString(), EntryOutput::of, visitor);
        }
    }

    private StreamId lastId(String topic) {
        try {
            return GroupView.lastId(link.ask(reading(topic), AdminCommands.streamInfo(topic)));
        } catch (GroupGoneException e) {
            return StreamId.ZERO; // there is no such topic
        }
    }

    private void page(
            String topic,
            String from,
            String to,
            Function<String, EntryOutput> output,
            Predicate<IncomingMessage> visitor) {
        String next = from;
        PageSize size = new PageSize();
        boolean isLast = false;
        while (!isLast) {
            EntryOutput entries = output.apply(topic);
            List<IncomingMessage> page =
                    link.ask(reading(topic), StreamCommands.entries(topic, next, to, size.count(), entries));
            isLast = page.size() < size.count();
            for (IncomingMessage message : page) {
                if (!visitor.test(message)) {
                    return;
                }
                next = "(" + message.position();
            }
            size.read(entries.largest());
        }
    }

    private static String reading(String topic) {
        return "read topic " + topic;
    }

    @Override
    public synchronized void close() {
        link.close();
    }
}
