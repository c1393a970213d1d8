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

/** Damages streams and their groups, in scripts: nobody reads or writes between the counting and the deed. */
final class RedisDamage implements TopicDamage, GroupDamage {

    /** Answers the event ids of the entries that nobody was given, and of those that are pending. */
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

    /** Consumers renew what they hold every 7.5 s. */
    private static final Duration UNRENEWED = Duration.ofSeconds(16);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisDamage(String url) {
        this.client = RedisClient.create(url);
        this.connection = client.connect();
    }

    @Override
    public boolean trimsUnderReaders() {
        return true;
    }

    @Override
    public Lost trim(String topic, String group) {
        return run(topic, group, "trim");
    }

    /** A producer makes the stream anew with its next event. */
    @Override
    public Lost makeAnew(String topic, String group) {
        return run(topic, group, "delete");
    }

    @Override
    public List<String> setToEnd(String topic, String group) {
        return run(topic, group, "set to end").unread();
    }

    @Override
    public boolean isAllAtWork(String topic, String group) {
        RedisCommands<String, String> commands = connection.sync();
        return commands.xpending(topic, group).getConsumerMessageCount().size() <= 1
                && commands.xpending(
                                topic,
                                XPendingArgs.Builder.xpending(group, Range.unbounded(), Limit.from(1))
                                        .idle(UNRENEWED))
                        .isEmpty();
    }

    @Override
    public List<String> removeConsumers(String topic, String group) {
        return run(topic, group, "remove consumers").given();
    }

    private Lost run(String topic, String group, String how) {
        List<List<String>> answer =
                connection.sync().eval(SCRIPT, ScriptOutputType.MULTI, new String[] {topic}, group, how);
        return new Lost(answer.get(0), answer.get(1));
    }

    /** Positions are times: those of the new stream are behind all of the old one. */
    @Override
    public void outgrow(String topic) {
        // there is nothing to do
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
