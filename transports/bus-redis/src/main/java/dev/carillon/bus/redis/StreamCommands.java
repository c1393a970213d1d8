package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.args;
import static dev.carillon.bus.redis.RedisCommand.integer;
import static dev.carillon.bus.redis.RedisCommand.nested;

import dev.carillon.bus.redis.EntryOutput.InternedNames;
import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.transport.IncomingMessage;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.Collection;
import java.util.List;

/** The commands on streams: those of one consumer in a group as instance methods, the others as static ones. */
final class StreamCommands {

    /** Removes a consumer unless something is pending for it, atomically. */
    private static final String REMOVE_IF_IDLE = """
            if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
              redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
              return 1
            end
            return 0
            """;

    /**
     * Acknowledges all pending entries and moves the group, atomically: otherwise, some events might be delivered twice. Invalidates
     * the delivery count of the group's members, so that they do not report the move as an incident.
     */
    private static final String MOVE_GROUP = """
            local acknowledged = 0
            local pending = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000)
            while #pending > 0 do
              local ids = {}
              for i, each in ipairs(pending) do ids[i] = each[1] end
              redis.call('XACK', KEYS[1], ARGV[1], unpack(ids))
              acknowledged = acknowledged + #ids
              pending = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000)
            end
            redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], ARGV[2])
            local count = redis.pcall('HGET', KEYS[2], ARGV[3])
            if type(count) == 'string' then redis.pcall('HSET', KEYS[2], ARGV[3], '') end
            return acknowledged
            """;

    private final String group;
    private final String consumer;

    StreamCommands(String group, String consumer) {
        this.group = group;
        this.consumer = consumer;
    }

    /** Creates the group, and the stream if it does not exist. */
    RedisCommand<String> createGroup(String topic, String start) {
        return RedisCommand.status(
                CommandType.XGROUP,
                args().add("CREATE").add(topic).add(group).add(start).add("MKSTREAM"));
    }

    /** Reads entries that were not delivered to the group yet; blocks in Redis if {@code blockMillis} is more than 0. */
    RedisCommand<List<IncomingMessage>> read(
            List<String> topics, InternedNames names, int count, ReadBudget budget, long blockMillis) {
        CommandArgs<byte[], byte[]> args =
                args().add("GROUP").add(group).add(consumer).add("COUNT").add(count);
        if (blockMillis > 0) {
            args.add("BLOCK").add(blockMillis);
        }
        args.add("STREAMS");
        topics.forEach(args::add);
        topics.forEach(topic -> args.add(">"));
        return new RedisCommand<>(CommandType.XREADGROUP, EntryOutput.ofStreams(names, budget), args);
    }

    RedisCommand<Long> acknowledge(String topic, List<StreamId> ids) {
        CommandArgs<byte[], byte[]> args = args().add(topic).add(group);
        ids.forEach(id -> args.add(id.toString()));
        return integer(CommandType.XACK, args);
    }

    /** This consumer's pending entries from an id on: {@code -} for the first, {@code (} before an id to exclude it. */
    RedisCommand<List<Object>> ownPending(String topic, String start, int count) {
        return nested(
                CommandType.XPENDING,
                args().add(topic).add(group).add(start).add("+").add(count).add(consumer));
    }

    /** As {@link #ownPending}, for all consumers of the group. */
    RedisCommand<List<Object>> allPending(String topic, String start, int count) {
        return nested(
                CommandType.XPENDING,
                args().add(topic).add(group).add(start).add("+").add(count));
    }

    /** Pending entries of all consumers that have been idle for at least this time. */
    RedisCommand<List<Object>> idlePending(String topic, long idleMillis, int count) {
        return nested(
                CommandType.XPENDING,
                args().add(topic)
                        .add(group)
                        .add("IDLE")
                        .add(idleMillis)
                        .add("-")
                        .add("+")
                        .add(count));
    }

    /** The number of pending entries, in total and per consumer that has any. */
    RedisCommand<List<Object>> pendingSummary(String topic) {
        return pendingSummary(topic, group);
    }

    static RedisCommand<List<Object>> pendingSummary(String topic, String group) {
        return nested(CommandType.XPENDING, args().add(topic).add(group));
    }

    /** Claims pending entries that have been idle for at least this time; returns those that still exist in the stream. */
    RedisCommand<List<IncomingMessage>> claim(String topic, long idleMillis, List<StreamId> ids, ReadBudget budget) {
        return new RedisCommand<>(CommandType.XCLAIM, EntryOutput.of(topic, budget), claimArgs(topic, idleMillis, ids));
    }

    /** Resets the idle time of pending entries; returns the ids of those that are still pending and in the stream. */
    RedisCommand<List<Object>> renew(String topic, Collection<StreamId> ids) {
        return nested(CommandType.XCLAIM, claimArgs(topic, 0, ids).add("JUSTID"));
    }

    /** As {@link #renew}, but makes entries pending again that are in the stream and no longer pending. */
    RedisCommand<List<Object>> renewOrRestore(String topic, Collection<StreamId> ids) {
        return nested(CommandType.XCLAIM, claimArgs(topic, 0, ids).add("FORCE").add("JUSTID"));
    }

    private CommandArgs<byte[], byte[]> claimArgs(String topic, long idleMillis, Collection<StreamId> ids) {
        CommandArgs<byte[], byte[]> args =
                args().add(topic).add(group).add(consumer).add(idleMillis);
        ids.forEach(id -> args.add(id.toString()));
        return args;
    }

    /** Removes this consumer from the group, unless something is pending for it. */
    RedisCommand<Long> removeIfIdle(String topic) {
        return integer(
                CommandType.EVAL,
                args().add(REMOVE_IF_IDLE).add(1).add(topic).add(group).add(consumer));
    }

    RedisCommand<List<Object>> consumersInfo(String topic) {
        return consumersInfo(topic, group);
    }

    static RedisCommand<List<Object>> consumersInfo(String topic, String group) {
        return nested(CommandType.XINFO, args().add("CONSUMERS").add(topic).add(group));
    }

    static RedisCommand<List<Object>> streamInfo(String topic) {
        return nested(CommandType.XINFO, args().add("STREAM").add(topic));
    }

    static RedisCommand<List<Object>> groupsInfo(String topic) {
        return nested(CommandType.XINFO, args().add("GROUPS").add(topic));
    }

    /** The entry with this id, if the stream contains it. */
    static RedisCommand<List<IncomingMessage>> entry(String topic, StreamId id, ReadBudget budget) {
        String text = id.toString();
        return entries(topic, text, text, 1, EntryOutput.of(topic, budget));
    }

    /** The entries from one id to another; {@code (} before an id excludes it. */
    static RedisCommand<List<IncomingMessage>> entries(
            String topic, String from, String to, int count, EntryOutput output) {
        return new RedisCommand<>(
                CommandType.XRANGE,
                output,
                args().add(topic).add(from).add(to).add("COUNT").add(count));
    }

    static RedisCommand<Long> delete(String topic, Collection<StreamId> ids) {
        CommandArgs<byte[], byte[]> args = args().add(topic);
        ids.forEach(id -> args.add(id.toString()));
        return integer(CommandType.XDEL, args);
    }

    static RedisCommand<Long> length(String topic) {
        return integer(CommandType.XLEN, args().add(topic));
    }

    /** The next page of the streams whose names start with the prefix, and the cursor of the page after it. */
    static RedisCommand<List<Object>> streams(String cursor, String prefix) {
        return nested(
                CommandType.SCAN,
                args().add(cursor)
                        .add("MATCH")
                        .add(prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*")
                        .add("COUNT")
                        .add(1000)
                        .add("TYPE")
                        .add("stream"));
    }

    /** Moves a group after acknowledging its pending entries; returns the number of these. */
    static RedisCommand<Long> moveGroup(String topic, String group, String id) {
        return integer(
                CommandType.EVAL,
                args().add(MOVE_GROUP)
                        .add(2)
                        .add(topic)
                        .add(LeaseCommands.stateKey(topic, group))
                        .add(group)
                        .add(id)
                        .add(DeliveryLedger.DELIVERED_COUNT));
    }
}
