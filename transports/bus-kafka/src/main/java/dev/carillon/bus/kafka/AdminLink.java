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

/** Asks a cluster about itself, through Kafka's admin client. For one thread. */
final class AdminLink implements AutoCloseable {

    private final Map<String, Object> properties;
    private final IsolationLevel isolation;
    private final KafkaFailure failures;
    private @Nullable Admin admin;

    /** For counting what consumers of this isolation see. */
    AdminLink(Map<String, Object> properties, IsolationLevel isolation, KafkaFailure failures) {
        this.properties = properties;
        this.isolation = isolation;
        this.failures = failures;
    }

    IsolationLevel isolation() {
        return isolation;
    }

    /**
     * Waits for the answer.
     *
     * @param asked what Kafka was to do, as in "list its topics"
     * @throws dev.carillon.bus.transport.TransportException when it does not, with Kafka's own exception as its cause
     */
    <T> T ask(String asked, Function<Admin, KafkaFuture<T>> question) {
        try {
            return question.apply(open()).get();
        } catch (ExecutionException | RuntimeException e) {
            throw failures.of(asked, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of(asked, e);
        }
    }

    /** The configuration of a topic, with what it has from its broker; null where Kafka does not tell. */
    @Nullable
    Config configuration(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return ask(
                        "tell the configuration of topic " + topic,
                        cluster -> cluster.describeConfigs(List.of(resource)).all())
                .get(resource);
    }

    /** What a configuration says of a name; the other value where it says nothing. */
    static String value(Config config, String name, String otherwise) {
        @Nullable ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? otherwise : entry.value();
    }

    /** Made when it is first needed: it looks up the servers' names, which may not be there yet. */
    Admin open() {
        if (admin == null) {
            admin = Admin.create(properties);
        }
        return admin;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
