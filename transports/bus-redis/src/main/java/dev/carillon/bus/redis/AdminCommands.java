package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;

/** The commands of operators. */
final class AdminCommands {

    /**
     * Acknowledges all that is pending, and moves the group, in one step: half of it would make a group that is given some
     * events twice. What its members counted is void, so that they do not report this as somebody's doing.
     */
    private static final String MOVE = """
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
            local given = redis.pcall('HGET', KEYS[2], 'given')
            if type(given) == 'string' then redis.pcall('HSET', KEYS[2], 'given', '') end
            return acknowledged
            """;

    private AdminCommands() {}

    static Reply<List<Object>> streams(String cursor, String beginning) {
        return nested(
                CommandType.SCAN,
                args().add(cursor)
                        .add("MATCH")
                        .add(beginning.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*")
                        .add("COUNT")
                        .add(1000)
                        .add("TYPE")
                        .add("stream"));
    }

    static Reply<Long> length(String topic) {
        return new Reply<>(CommandType.XLEN, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args().add(topic));
    }

    static Reply<List<Object>> streamInfo(String topic) {
        return nested(CommandType.XINFO, args().add("STREAM").add(topic));
    }

    static Reply<List<Object>> groupsInfo(String topic) {
        return nested(CommandType.XINFO, args().add("GROUPS").add(topic));
    }

    static Reply<List<Object>> consumersInfo(String topic, String group) {
        return nested(CommandType.XINFO, args().add("CONSUMERS").add(topic).add(group));
    }

    /** How many are pending in all, and the first and last of them. */
    static Reply<List<Object>> pending(String topic, String group) {
        return nested(CommandType.XPENDING, args().add(topic).add(group));
    }

    /** The next entries behind an id. */
    static Reply<List<IncomingMessage>> entriesAfter(String topic, String id, int count) {
        return new Reply<>(
                CommandType.XRANGE,
                EntryOutput.of(topic),
                args().add(topic).add("(" + id).add("+").add("COUNT").add(count));
    }

    /** Answers how many pending entries were acknowledged. */
    static Reply<Long> move(String topic, String group, String id) {
        return new Reply<>(
                CommandType.EVAL,
                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                args().add(MOVE)
                        .add(2)
                        .add(topic)
                        .add(LeaseCommands.stateKey(topic, group))
                        .add(group)
                        .add(id));
    }

    static Reply<byte[]> value(String key) {
        return new Reply<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), args().add(key));
    }

    static Reply<byte[]> info(String section) {
        return new Reply<>(CommandType.INFO, new ValueOutput<>(ByteArrayCodec.INSTANCE), args().add(section));
    }

    /** Any command whose answer does not matter, but that it is no refusal. */
    static Reply<List<Object>> tried(CommandType type, String... arguments) {
        CommandArgs<byte[], byte[]> args = args();
        for (String argument : arguments) {
            args.add(argument);
        }
        return nested(type, args);
    }

    private static Reply<List<Object>> nested(CommandType type, CommandArgs<byte[], byte[]> args) {
        return new Reply<>(type, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    private static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }
}
