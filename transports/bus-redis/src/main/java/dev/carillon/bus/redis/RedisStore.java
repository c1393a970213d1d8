package dev.carillon.bus.redis;

import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.redis.RedisExceptionTranslator.NoSuchGroupException;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages in streams that nobody trims, over one connection. A stored message is an entry, and its place is the entry's
 * id; discarding it deletes the entry.
 */
final class RedisStore implements MessageStore {

    private static final String FIRST = "-";
    private static final String LAST = "+";

    private final WireFormat wire = new WireFormat(0);
    private final RedisCommandExecutor redis;
    private final WriterSchemas schemas;

    RedisStore(RedisConnector connector) {
        this.redis = new RedisCommandExecutor(connector);
        this.schemas = new WriterSchemas(redis, RedisStore::mainTopic);
    }

    private static String mainTopic(IncomingMessage message) {
        String named = message.header(GroupTopics.TOPIC_HEADER);
        return named != null && GroupTopics.isForOneGroup(message.topic()) ? named : message.topic();
    }

    /** Adds the new message before it discards the old one: in between, and after a failure, there are both. */
    @Override
    public synchronized String put(String topic, String id, @Nullable String replaced, RawMessage message) {
        String place = redis.execute("store a message in topic " + topic, append(topic, message));
        if (replaced != null) {
            discard(topic, id, replaced);
        }
        return place;
    }

    @Override
    public synchronized <T> List<T> list(String topic, Function<IncomingMessage, T> reader) {
        List<T> results = new ArrayList<>();
        readPages(topic, FIRST, LAST, EntryOutput::withoutData, message -> results.add(reader.apply(message)));
        return results;
    }

    @Override
    public synchronized Optional<IncomingMessage> find(String topic, String place) {
        return id(place)
                .flatMap(id -> schemas
                        .resolve(
                                readOperation(topic),
                                redis.execute(
                                        readOperation(topic), StreamCommands.entry(topic, id, ReadBudget.unlimited())))
                        .stream()
                        .findFirst());
    }

    /** The id that this place is; empty if it is none, so that nothing is there. */
    private static Optional<StreamId> id(String place) {
        try {
            return Optional.of(StreamId.parse(place));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void discard(String topic, String id, String place) {
        discard(topic, place);
    }

    @Override
    public synchronized void discard(String topic, String place) {
        id(place)
                .ifPresent(id -> redis.execute(
                        "discard a message of topic " + topic, StreamCommands.delete(topic, List.of(id))));
    }

    @Override
    public synchronized void send(String topic, List<RawMessage> messages) {
        redis.executeAll(
                "publish messages to topic " + topic,
                messages.stream().map(message -> append(topic, message)).toList());
    }

    private RedisCommand<String> append(String topic, RawMessage message) {
        return RedisCommand.status(CommandType.XADD, wire.xadd(topic, message));
    }

    @Override
    public synchronized void read(String topic, StartAt from, Predicate<IncomingMessage> visitor) {
        String start = SourceOptions.start(from);
        if (!start.equals(SourceOptions.END)) {
            readPages(topic, "(" + start, lastId(topic).toString(), EntryOutput::of, visitor);
        }
    }

    private StreamId lastId(String topic) {
        try {
            return GroupSnapshot.lastId(redis.execute(readOperation(topic), StreamCommands.streamInfo(topic)));
        } catch (NoSuchGroupException e) {
            return StreamId.ZERO; // the topic does not exist
        }
    }

    private void readPages(
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
                    redis.execute(readOperation(topic), StreamCommands.entries(topic, next, to, size.count(), entries));
            isLast = page.size() < size.count();
            for (IncomingMessage message : entries.keepsData() ? schemas.resolve(readOperation(topic), page) : page) {
                if (!visitor.test(message)) {
                    return;
                }
                next = "(" + message.position();
            }
            size.recordPage(entries.largest());
        }
    }

    private static String readOperation(String topic) {
        return "read topic " + topic;
    }

    @Override
    public synchronized void close() {
        redis.close();
    }

    /** How many entries to request: as many as fit into a few megabytes if all are as large as the largest of the last page. */
    static final class PageSize {

        private static final int INITIAL_COUNT = 8;
        private static final int MAX_COUNT = 128;
        private static final int GROWTH = 4;
        private static final long MAX_BYTES = 4 << 20;

        private int count = INITIAL_COUNT;

        int count() {
            return count;
        }

        /** Records a page, with the size of its largest entry in bytes. */
        void recordPage(long largest) {
            long fitting = MAX_BYTES / Math.max(1, largest);
            count = (int) Math.max(1, Math.min(Math.min(MAX_COUNT, (long) count * GROWTH), fitting));
        }
    }
}
