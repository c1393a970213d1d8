package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's consumer, created on first use: it resolves the servers' host names, which may not exist before, and many are never
 * used. Can be used again after it was closed. For one thread at a time.
 */
final class LazyConsumer implements AutoCloseable {

    private final Map<String, Object> properties;
    private @Nullable Consumer<byte[], byte[]> consumer;

    LazyConsumer(Map<String, Object> properties) {
        this.properties = properties;
    }

    Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = new KafkaConsumer<>(properties);
            consumer = open;
        }
        return open;
    }

    /** Does not wait. The next use connects again, even if this fails. */
    @Override
    public void close() {
        Consumer<byte[], byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            open.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
