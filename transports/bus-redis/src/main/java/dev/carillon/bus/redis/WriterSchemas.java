package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.args;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.WriterSchema;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the schemas that messages name by their fingerprints, in a hash beside the stream: {@code <topic>:schemas}. Each schema is
 * requested once; one that Redis does not have is requested again by the next read. For one thread.
 */
final class WriterSchemas {

    /** Headers are untrusted: a read requests at most this many schemas, and this many are cached. */
    private static final int MAX_SCHEMAS = 256;

    private record Place(String key, String fingerprint) {}

    private final RedisCommandExecutor redis;
    private final Function<IncomingMessage, String> mainTopic;
    private final Map<String, WriterSchema> byFingerprint = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WriterSchema> eldest) {
            return size() > MAX_SCHEMAS;
        }
    };

    /** The function returns the topic to which a message was first published, which differs in the topics of a group. */
    WriterSchemas(RedisCommandExecutor redis, Function<IncomingMessage, String> mainTopic) {
        this.redis = redis;
        this.mainTopic = mainTopic;
    }

    /** The key of the hash with the schemas of a topic. */
    static String key(String topic) {
        return topic + ":schemas";
    }

    /** The arguments of {@code HSET} that store a schema, or replace it with the same. */
    static CommandArgs<byte[], byte[]> storing(String topic, String fingerprint, String schemaText) {
        return args().add(key(topic)).add(fingerprint).add(schemaText);
    }

    /** Returns the messages with their schemas, where they name one that Redis has. Sends no command if all are known. */
    List<IncomingMessage> resolve(String operation, List<IncomingMessage> messages) {
        Set<Place> unknown = new LinkedHashSet<>();
        boolean namesAny = false;
        for (IncomingMessage message : messages) {
            String fingerprint = message.header(SchemaFingerprint.HEADER);
            if (fingerprint != null) {
                namesAny = true;
                if (byFingerprint.get(fingerprint) == null
                        && SchemaFingerprint.isFingerprint(fingerprint)
                        && unknown.size() < MAX_SCHEMAS) {
                    unknown.add(new Place(key(mainTopic.apply(message)), fingerprint));
                }
            }
        }
        if (!namesAny) {
            return messages;
        }
        if (!unknown.isEmpty()) {
            request(operation, List.copyOf(unknown));
        }
        List<IncomingMessage> resolved = new ArrayList<>(messages.size());
        for (IncomingMessage message : messages) {
            String fingerprint = message.header(SchemaFingerprint.HEADER);
            @Nullable WriterSchema schema = fingerprint == null ? null : byFingerprint.get(fingerprint);
            resolved.add(schema == null ? message : message.withWriterSchema(schema));
        }
        return resolved;
    }

    private void request(String operation, List<Place> places) {
        List<byte[]> texts = redis.executeAll(
                operation,
                places.stream()
                        .map(place -> RedisCommand.value(
                                CommandType.HGET, args().add(place.key()).add(place.fingerprint())))
                        .toList());
        for (int i = 0; i < places.size(); i++) {
            byte @Nullable [] text = texts.get(i);
            String schema = text == null ? "" : new String(text, UTF_8);
            if (SchemaFingerprint.of(schema).equals(places.get(i).fingerprint())) {
                byFingerprint.put(places.get(i).fingerprint(), new WriterSchema(schema));
            }
        }
    }
}
