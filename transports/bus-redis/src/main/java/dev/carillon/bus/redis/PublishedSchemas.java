package dev.carillon.bus.redis;

import dev.carillon.bus.transport.OutgoingMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stores the schemas that the messages of a sink name, over the connection of the messages and before them: on each new connection,
 * because Redis may have lost them in a failover, and once a minute, because someone may have deleted them. Guarded by the lock of
 * the sink.
 */
final class PublishedSchemas {

    private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private record SchemaOfTopic(String topic, String fingerprint) {}

    private final Map<SchemaOfTopic, StoredSchema> stored = new HashMap<>();
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    /**
     * Stores the schema of a message that is about to be sent over this connection, if that is due.
     *
     * @return the request that stored it last; null when the message names no schema
     */
    @Nullable
    StoredSchema before(OutgoingMessage message, StatefulRedisConnection<byte[], byte[]> to) {
        String fingerprint = message.schemaFingerprint();
        if (fingerprint == null) {
            return null;
        }
        if (connection != to) {
            stored.clear();
            connection = to;
        }
        SchemaOfTopic schema = new SchemaOfTopic(message.topic(), fingerprint);
        StoredSchema last = stored.get(schema);
        if (last == null || last.isDue(System.nanoTime())) {
            last = new StoredSchema(message.topic(), fingerprint, message.schemaText());
            stored.put(schema, last);
            to.dispatch(last);
        }
        return last;
    }

    /** One request to store a schema. Its reply arrives before those to the messages after it. */
    static final class StoredSchema extends Command<byte[], byte[], Long> {

        private final long sentAt = System.nanoTime();
        private volatile @Nullable String error;

        StoredSchema(String topic, String fingerprint, String schemaText) {
            super(
                    CommandType.HSET,
                    new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                    WriterSchemas.storing(topic, fingerprint, schemaText));
        }

        private boolean isDue(long now) {
            return error != null || now - sentAt > REPEAT_NANOS;
        }

        /** Why Redis did not store the schema; null when it did, or has not replied. */
        @Nullable
        String error() {
            return error;
        }

        /** Redis has replied. */
        @Override
        public void complete() {
            super.complete();
            if (getOutput().hasError()) {
                error = getOutput().getError();
            }
        }
    }
}
