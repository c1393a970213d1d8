package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.Collection;
import java.util.List;

/** The commands of one consumer in one group. */
final class StreamCommands {

    /** Removes a consumer if nothing is pending for it, in one step. */
    private static final String SIGN_OFF = """
            if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
              redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
              return 1
            end
            return 0
            """;

    private final String group;
    private final String consumer;

    StreamCommands(String group, String consumer) {
        this.group = group;
        this.consumer = consumer;
    }

    /** Makes the group, and the stream where there is none. */
    Reply<String> createGroup(String topic, String start) {
        return new Reply<>(
                CommandType.XGROUP,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                args().add("CREATE").add(topic).add(group).add(start).add("MKSTREAM"));
    }

    /** Reads what nobody in the group was given yet; waits in Redis when {@code blockMillis} is more than 0. */
    Reply<List<IncomingMessage>> read(
            List<String> topics, Names names, int count, ReadBudget budget, long blockMillis) {
        CommandArgs<byte[], byte[]> args =
                args().add("GROUP").add(group).add(consumer).add("COUNT").add(count);
        if (blockMillis > 0) {
            args.add("BLOCK").add(blockMillis);
        }
        args.add("STREAMS");
        topics.forEach(args::add);
        topics.forEach(topic -> args.add(">"));
        return new Reply<>(CommandType.XREADGROUP, EntryOutput.ofStreams(names, budget), args);
    }

    Reply<Long> acknowledge(String topic, List<String> ids) {
        CommandArgs<byte[], byte[]> args = args().add(topic).add(group);
        ids.forEach(args::add);
        return new Reply<>(CommandType.XACK, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** What is pending for ourselves, behind an id that is given with a bracket, or from {@code -}. */
    Reply<List<Object>> ownPending(String topic, String start, int count) {
        return nested(
                CommandType.XPENDING,
                args().add(topic).add(group).add(start).add("+").add(count).add(consumer));
    }

    /** What is pending for anybody, behind an id that is given with a bracket, or from {@code -}. */
    Reply<List<Object>> allPending(String topic, String start, int count) {
        return nested(
                CommandType.XPENDING,
                args().add(topic).add(group).add(start).add("+").add(count));
    }

    /** How much is pending in all, and for each consumer that has something. */
    Reply<List<Object>> pendingSummary(String topic) {
        return nested(CommandType.XPENDING, args().add(topic).add(group));
    }

    /** What is pending for anybody, untouched for so long. */
    Reply<List<Object>> idlePending(String topic, long idleMillis, int count) {
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

    /** Takes pending entries over, if they are untouched for so long; answers those that exist. */
    Reply<List<IncomingMessage>> claim(String topic, long idleMillis, List<String> ids, ReadBudget budget) {
        return new Reply<>(CommandType.XCLAIM, EntryOutput.of(topic, budget), claimArgs(topic, idleMillis, ids));
    }

    /** Makes pending entries count as just delivered to us; answers the ids of those that exist. */
    Reply<List<Object>> renew(String topic, Collection<String> ids) {
        return nested(CommandType.XCLAIM, claimArgs(topic, 0, ids).add("JUSTID"));
    }

    /** The same; what is not pending any more, and in the stream, becomes pending again. */
    Reply<List<Object>> renewOrRestore(String topic, Collection<String> ids) {
        return nested(CommandType.XCLAIM, claimArgs(topic, 0, ids).add("FORCE").add("JUSTID"));
    }

    private CommandArgs<byte[], byte[]> claimArgs(String topic, long idleMillis, Collection<String> ids) {
        CommandArgs<byte[], byte[]> args =
                args().add(topic).add(group).add(consumer).add(idleMillis);
        ids.forEach(args::add);
        return args;
    }

    /** The entry of this id, if the stream has it. */
    static Reply<List<IncomingMessage>> entry(String topic, String id, ReadBudget budget) {
        return entries(topic, id, id, 1, EntryOutput.of(topic, budget));
    }

    /** The entries from one id to another; an id that is not wanted itself is given with a bracket. */
    static Reply<List<IncomingMessage>> entries(String topic, String from, String to, int count, EntryOutput output) {
        return new Reply<>(
                CommandType.XRANGE,
                output,
                args().add(topic).add(from).add(to).add("COUNT").add(count));
    }

    static Reply<Long> delete(String topic, Collection<String> ids) {
        CommandArgs<byte[], byte[]> args = args().add(topic);
        ids.forEach(args::add);
        return new Reply<>(CommandType.XDEL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    Reply<List<Object>> streamInfo(String topic) {
        return nested(CommandType.XINFO, args().add("STREAM").add(topic));
    }

    Reply<List<Object>> groupsInfo(String topic) {
        return nested(CommandType.XINFO, args().add("GROUPS").add(topic));
    }

    Reply<List<Object>> consumersInfo(String topic) {
        return nested(CommandType.XINFO, args().add("CONSUMERS").add(topic).add(group));
    }

    /** Removes ourselves from the group, unless something is pending for us. */
    Reply<Long> signOff(String topic) {
        return new Reply<>(
                CommandType.EVAL,
                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                args().add(SIGN_OFF).add(1).add(topic).add(group).add(consumer));
    }

    private static Reply<List<Object>> nested(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new Reply<>(type, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    private static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }
}
