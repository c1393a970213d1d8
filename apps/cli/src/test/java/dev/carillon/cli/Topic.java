package dev.carillon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.Consumer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A stream for one test, as another client of Redis sees it. */
final class Topic implements AutoCloseable {

    private final String name = "test-" + UUID.randomUUID();
    private final String url;
    private final RedisClient client;
    private final RedisCommands<String, byte[]> redis;

    Topic(EmbeddedRedis server) {
        url = server.url();
        client = RedisClient.create(url);
        redis = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                .sync();
    }

    String name() {
        return name;
    }

    /** The command with the settings for this Redis. */
    Cli carillon(String... arguments) {
        return Cli.carillon(arguments).with("EVENT_BUS_REDIS_CONNECTION_URL", url);
    }

    /** Adds an entry as another service would; values are text. */
    String add(Map<String, String> fields) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        fields.forEach((field, value) -> bytes.put(field, value.getBytes(StandardCharsets.UTF_8)));
        return redis.xadd(name, bytes);
    }

    /** Adds the entry that Python wrote for a vector, byte for byte. */
    String addRecorded(JsonNode vector) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        vector.get("redis")
                .forEachEntry((field, value) -> fields.put(field, HexFormat.of().parseHex(value.asText())));
        return redis.xadd(name, fields);
    }

    /** Adds the entry that Python wrote for a vector, with a text replaced by another one of the same length. */
    String addRecorded(JsonNode vector, String text, String other) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        vector.get("redis").forEachEntry((field, value) -> {
            String latin = new String(HexFormat.of().parseHex(value.asText()), StandardCharsets.ISO_8859_1);
            fields.put(field, latin.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
        });
        return redis.xadd(name, fields);
    }

    /** Adds a malformed entry to the dead letters of a group. */
    void addMalformedDeadLetter(String group) {
        redis.xadd(GroupTopics.deadLetters(name, group), Map.of("any", new byte[0]));
    }

    /** Lets another member of a group read entries that it never acknowledges. */
    @SuppressWarnings("unchecked") // Lettuce takes streams as an array of a generic type
    void readBySilentMember(String group, int entries) {
        redis.xreadgroup(
                Consumer.from(group, "silent"),
                XReadArgs.Builder.count(entries),
                XReadArgs.StreamOffset.lastConsumed(name));
    }

    /** Creates a user with permission for these Redis commands only; returns the URL for it. */
    String limited(String user, String password, String... rules) {
        AclSetuserArgs args = AclSetuserArgs.Builder.on().addPassword(password).keyPattern("*");
        for (String rule : rules) {
            args.addCommand(CommandType.valueOf(rule));
        }
        redis.aclSetuser(user, args);
        return url.replace("redis://", "redis://" + user + ":" + password + "@");
    }

    List<StreamMessage<String, byte[]>> entries() {
        return redis.xrange(name, Range.unbounded());
    }

    /** A field of an entry, as text. */
    static String text(StreamMessage<String, byte[]> entry, String field) {
        return new String(entry.getBody().get(field), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
