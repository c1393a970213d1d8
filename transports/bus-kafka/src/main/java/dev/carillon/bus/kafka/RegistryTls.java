package dev.carillon.bus.kafka;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** TLS of the connection to the schema registry, from the {@code ssl.*} properties that Kafka's clients have as well. */
final class RegistryTls {

    private RegistryTls() {}

    /**
     * Trust and keys as the properties give them; null, the JVM's own, where there are none.
     *
     * @throws org.apache.kafka.common.KafkaException when they cannot be used
     */
    static @Nullable SSLContext context(Map<String, Object> properties) {
        if (properties.isEmpty()) {
            return null;
        }
        Map<String, Object> complete = new java.util.HashMap<>(properties);
        complete.putIfAbsent("bootstrap.servers", "unused:1");
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AdminClientConfig(complete).values());
            return factory.sslContext();
        }
    }
}
