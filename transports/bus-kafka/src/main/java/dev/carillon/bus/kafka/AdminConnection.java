package dev.carillon.bus.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Kafka's admin client, created by the first call. Calls wait for the results. For one thread. */
final class AdminConnection implements AutoCloseable {

    private final Map<String, Object> properties;
    private final IsolationLevel isolation;
    private final KafkaExceptionTranslator exceptions;
    private @Nullable Admin client;

    /** Offsets are counted as consumers of this isolation level see them. */
    AdminConnection(Map<String, Object> properties, IsolationLevel isolation, KafkaExceptionTranslator exceptions) {
        this.properties = properties;
        this.isolation = isolation;
        this.exceptions = exceptions;
    }

    IsolationLevel isolation() {
        return isolation;
    }

    /**
     * Waits for the result.
     *
     * @param action what Kafka is to do, for messages: "list its topics"
     * @throws dev.carillon.bus.transport.TransportException with Kafka's own exception as its cause
     */
    <T> T call(String action, Function<Admin, KafkaFuture<T>> request) {
        try {
            return request.apply(client()).get();
        } catch (ExecutionException | RuntimeException e) {
            throw exceptions.translate(action, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exceptions.translate(action, e);
        }
    }

    /** The configuration of a topic, including the broker's defaults; null if Kafka does not return it. */
    @Nullable
    Config topicConfig(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return call(
                        "return the configuration of topic " + topic,
                        admin -> admin.describeConfigs(List.of(resource)).all())
                .get(resource);
    }

    static String value(Config config, String name, String defaultValue) {
        @Nullable ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? defaultValue : entry.value();
    }

    /** Not in the constructor: the client resolves the servers' host names, which may not exist yet. */
    Admin client() {
        if (client == null) {
            client = Admin.create(properties);
        }
        return client;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close(Duration.ZERO);
        }
    }
}
