package dev.carillon.bus.redis;

import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The commands for a group's lease of a topic. It has two keys, whose names start with the topic like those of the group's own
 * topics: {@code <topic>:<group>:lease} contains the token of the active member and expires; {@code <topic>:<group>:state} is a
 * hash that outlives members and records who had the lease last, and the position of the group.
 */
final class LeaseCommands {

    /** The prefix of the state's fields that name members which respect leases. */
    static final String MEMBER_PREFIX = "member:";

    /** The state's field for the token that released the lease last. */
    static final String RELEASED = "released";

    /**
     * Acquires or renews the lease. If its key is gone, it is renewed only if nobody else has had the lease in the meantime.
     * Returns whether that worked, the token of the current or else the last holder, and the token of the one before the last.
     */
    private static final String ACQUIRE = """
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

    /** Releases the lease if this member has it: lets it expire at once, so that no permission to delete keys is needed. */
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

    /** The token is the consumer's name, a slash and a unique suffix. */
    LeaseCommands(String group, String consumer, String token, long leaseMillis) {
        this.group = group;
        this.consumer = consumer;
        this.token = token;
        this.leaseMillis = leaseMillis;
    }

    /** The key of the lease. The group is escaped, so that no two pairs of topic and group have the same key. */
    static String leaseKey(String topic, String group) {
        return topic + ":" + escaped(group) + ":lease";
    }

    /** The key of the state, escaped as that of the lease. */
    static String stateKey(String topic, String group) {
        return topic + ":" + escaped(group) + ":state";
    }

    private static String escaped(String group) {
        return group.replace("%", "%25").replace(":", "%3A");
    }

    /** The consumer's name in a token. */
    static String consumerOf(String token) {
        int end = token.lastIndexOf('/');
        return end < 0 ? token : token.substring(0, end);
    }

    String token() {
        return token;
    }

    RedisCommand<List<Object>> acquire(String topic, boolean renews) {
        return script(ACQUIRE, topic, List.of(token, Long.toString(leaseMillis), consumer, renews ? "renew" : "take"));
    }

    RedisCommand<List<Object>> release(String topic) {
        return script(RELEASE, topic, List.of(token));
    }

    /** The token that has the lease of a topic; nil if nobody has it. */
    static RedisCommand<byte[]> holder(String topic, String group) {
        return RedisCommand.value(CommandType.GET, RedisCommand.args().add(leaseKey(topic, group)));
    }

    /** All fields of the state, with their values. */
    RedisCommand<List<Object>> state(String topic) {
        return state(topic, group);
    }

    static RedisCommand<List<Object>> state(String topic, String group) {
        return RedisCommand.nested(CommandType.HGETALL, stateKey(topic, group));
    }

    /** Sets fields of the state. */
    RedisCommand<List<Object>> saveState(String topic, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(List.of(stateKey(topic, group)));
        fields.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return RedisCommand.nested(CommandType.HSET, arguments.toArray(String[]::new));
    }

    private RedisCommand<List<Object>> script(String text, String topic, List<String> arguments) {
        CommandArgs<byte[], byte[]> args = RedisCommand.args();
        args.add(text).add(2).add(leaseKey(topic, group)).add(stateKey(topic, group));
        arguments.forEach(args::add);
        return RedisCommand.nested(CommandType.EVAL, args);
    }
}
