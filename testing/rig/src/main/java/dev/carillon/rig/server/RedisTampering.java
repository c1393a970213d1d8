package dev.carillon.rig.server;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XPendingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;

/** Changes streams and groups by scripts, so that nobody reads or writes between counting the messages and deleting them. */
final class RedisTampering implements TopicTampering, GroupTampering {

    /** Returns the event ids of the lost entries that the group had not been given, and of the pending ones. */
    private static final String SCRIPT = """
            local function ids(entries, found, most)
              for _, entry in ipairs(entries) do
                if most and #found >= most then break end
                local fields = entry[2]
                for i = 1, #fields, 2 do
                  if fields[i] == 'id' then found[#found + 1] = fields[i + 1] end
                end
              end
              return found
            end
            if redis.call('EXISTS', KEYS[1]) == 0 then return {{}, {}} end
            local position
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local named = {}
              for i = 1, #group, 2 do named[group[i]] = group[i + 1] end
              if named['name'] == ARGV[1] then position = named['last-delivered-id'] end
            end
            if not position then return {{}, {}} end
            local unread = redis.call('XRANGE', KEYS[1], '(' .. position, '+')
            if ARGV[2] == 'set to end' then
              redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], '$')
              return {ids(unread, {}), {}}
            end
            local first = '0-0'
            local most
            if ARGV[2] == 'trim' then
              most = math.floor((#unread + 1) / 2)
              if most == 0 then return {{}, {}} end
              first = most < #unread and unread[most + 1][1] or nil
            end
            local given = {}
            for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 100000)) do
              ids(redis.call('XRANGE', KEYS[1], pending[1], pending[1]), given)
            end
            if ARGV[2] == 'remove consumers' then
              for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer[2])
              end
              return {{}, given}
            end
            local lost = ids(unread, {}, most)
            if ARGV[2] ~= 'trim' then
              redis.call('DEL', KEYS[1])
            elseif first then
              redis.call('XTRIM', KEYS[1], 'MINID', first)
            else
              redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)
            end
            return {lost, given}
            """;

    /** Longer than two renewals: consumers renew their pending messages every 7.5 s. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(16);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisTampering(String url) {
        this.client = RedisClient.create(url);
        this.connection = client.connect();
    }

    @Override
    public boolean canTrimWhileConsuming() {
        return true;
    }

    @Override
    public Lost trim(String topic, String group) {
        return run(topic, group, "trim");
    }

    /** A producer recreates the stream with its next event. */
    @Override
    public Lost recreate(String topic, String group) {
        return run(topic, group, "delete");
    }

    @Override
    public List<String> setToEnd(String topic, String group) {
        return run(topic, group, "set to end").undelivered();
    }

    @Override
    public boolean isAllPendingActive(String topic, String group) {
        RedisCommands<String, String> commands = connection.sync();
        return commands.xpending(topic, group).getConsumerMessageCount().size() <= 1
                && commands.xpending(
                                topic,
                                XPendingArgs.Builder.xpending(group, Range.unbounded(), Limit.from(1))
                                        .idle(MAX_IDLE))
                        .isEmpty();
    }

    @Override
    public List<String> removeConsumers(String topic, String group) {
        return run(topic, group, "remove consumers").unacknowledged();
    }

    private Lost run(String topic, String group, String action) {
        List<List<String>> result =
                connection.sync().eval(SCRIPT, ScriptOutputType.MULTI, new String[] {topic}, group, action);
        return new Lost(result.get(0), result.get(1));
    }

    /** Does nothing: positions are times, so those of the new stream are always higher. */
    @Override
    public void growPastOldEnd(String topic) {
        // see above
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
