package dev.carillon.bus.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The commands of the lease that a group has on a topic. Two keys, which begin with the topic as all names do that a group has
 * beside it: {@code <topic>:<group>:lease} holds the token of the member that reads, and expires; {@code <topic>:<group>:state}
 * is a hash that outlives members, and remembers who held the lease last, and where the group stood.
 */
final class LeaseCommands {

    /** The state's fields for members that know of leases begin so. */
    static final String MEMBER = "member:";

    /** The token that held the lease last. */
    static final String HOLDER = "holder";

    /** The token that gave the lease back last. */
    static final String RELEASED = "released";

    /**
     * Takes the lease, or renews it. A lease whose key is gone is renewed only if nobody had it in between. Answers whether that
     * worked, who held it last, or holds it, and who held it before the one that did last.
     */
    private static final String HOLD = """
            local holder = redis.call('GET', KEYS[1])
            if holder and holder ~= ARGV[1] then return {0, holder} end
            local last = redis.call('HGET', KEYS[2], 'holder')
            if ARGV[4] == 'renew' and not holder and last and last ~= ARGV[1] then return {0, last} end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            if last ~= ARGV[1] then
              redis.call('HSET', KEYS[2], 'holder', ARGV[1], 'before', last or '', 'member:' .. ARGV[3], '1')
            end
            return {1, last or '', redis.call('HGET', KEYS[2], 'before') or ''}
            """;

    /** Gives the lease back, if it is ours: it expires at once, so that nobody needs the permission to delete keys. */
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {0} end
            redis.call('HSET', KEYS[2], 'released', ARGV[1])
            redis.call('SET', KEYS[1], ARGV[1], 'PX', 1)
            return {1}
            """;

    private final String group;
    private final String consumer;
    private final String token;
    private final long leaseMillis;

    /** The token is the consumer's name with something behind it that is unique. */
    LeaseCommands(String group, String consumer, String token, long leaseMillis) {
        this.group = group;
        this.consumer = consumer;
        this.token = token;
        this.leaseMillis = leaseMillis;
    }

    /** No two topics and groups have the same, wherever their names are cut. */
    static String leaseKey(String topic, String group) {
        return topic + ":" + escaped(group) + ":lease";
    }

    static String stateKey(String topic, String group) {
        return topic + ":" + escaped(group) + ":state";
    }

    private static String escaped(String group) {
        return group.replace("%", "%25").replace(":", "%3A");
    }

    /** The consumer in a token. */
    static String consumerOf(String token) {
        int end = token.lastIndexOf('/');
        return end < 0 ? token : token.substring(0, end);
    }

    String token() {
        return token;
    }

    Reply<List<Object>> hold(String topic, boolean renews) {
        return script(HOLD, topic, List.of(token, Long.toString(leaseMillis), consumer, renews ? "renew" : "take"));
    }

    Reply<List<Object>> release(String topic) {
        return script(RELEASE, topic, List.of(token));
    }

    /** All fields of the state, with their values. */
    Reply<List<Object>> state(String topic) {
        return state(topic, group);
    }

    static Reply<List<Object>> state(String topic, String group) {
        return AdminCommands.tried(CommandType.HGETALL, stateKey(topic, group));
    }

    /** Remembers where the group stands. */
    Reply<List<Object>> remember(String topic, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(List.of(stateKey(topic, group)));
        fields.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return AdminCommands.tried(CommandType.HSET, arguments.toArray(String[]::new));
    }

    private Reply<List<Object>> script(String text, String topic, List<String> arguments) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(text).add(2).add(leaseKey(topic, group)).add(stateKey(topic, group));
        arguments.forEach(args::add);
        return new Reply<>(CommandType.EVAL, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args);
    }
}
