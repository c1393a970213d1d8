package dev.carillon.bus.kafka;

import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.kafka.registry.RegistryAddress;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Secrets;
import dev.carillon.events.internal.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka settings, validated.
 *
 * @param servers {@code host:port,…}
 * @param common properties of every client
 * @param registry null if its setting is invalid
 */
record KafkaSettings(
        String servers,
        Map<String, Object> common,
        @Nullable RegistryAddress registry) {

    static final String BOOTSTRAP_SERVERS = "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS";
    static final String API_KEY = "EVENT_BUS_KAFKA_API_KEY";
    static final String API_SECRET = "EVENT_BUS_KAFKA_API_SECRET";
    static final String CLIENT_CONFIG = "EVENT_BUS_KAFKA_CLIENT_CONFIG";
    static final String REGISTRY_URL = "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL";
    static final String REGISTRY_KEY = "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY";
    static final String REGISTRY_SECRET = "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET";

    /** The prefix of properties for the connection to the schema registry. */
    static final String REGISTRY_PREFIX = "schema.registry.";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSettings.class);
    private static final int DEFAULT_PORT = 9092;
    private static final int READER_FETCH_WAIT_MILLIS = 10;
    private static final int ADMIN_REQUEST_MILLIS = 5_000;
    private static final int ADMIN_CALL_MILLIS = 10_000;
    private static final String METADATA_MAX_AGE_MILLIS = "60000";

    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z_]+://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    /** Properties that the transport sets itself, with the reason. */
    private static final Map<String, String> RESERVED = Map.of(
            "bootstrap.servers", "use " + BOOTSTRAP_SERVERS,
            "group.id", "each consumer has its own group",
            "enable.auto.commit", "events are acknowledged after receivers have handled them",
            "auto.offset.reset", "the start position of a new group is an option of the consumer",
            "key.serializer", "keys are Avro",
            "value.serializer", "values are Avro",
            "key.deserializer", "keys are Avro",
            "value.deserializer", "values are Avro",
            "transactional.id", "events are sent without transactions");

    /** Reads the settings, and adds all problems to the reader. */
    static KafkaSettings read(SettingsReader reader, Optional<String> service) {
        Map<String, Object> common = new HashMap<>();
        common.put("metadata.max.age.ms", METADATA_MAX_AGE_MILLIS);
        service.ifPresent(name -> common.put("client.id", name));
        secure(reader, common);
        readClientConfig(reader, common);
        reader.seconds("EVENT_BUS_KAFKA_POLL_INTERVAL_SEC", Duration.ofSeconds(1));
        String servers = servers(reader);
        String urls =
                reader.requiredText(REGISTRY_URL, "the address of the schema registry, such as http://localhost:8081");
        Optional<String> key = reader.text(REGISTRY_KEY).filter(text -> !text.isEmpty());
        Optional<String> secret = reader.text(REGISTRY_SECRET).filter(text -> !text.isEmpty());
        @Nullable
        RegistryAddress registry = urls.isEmpty() ? null : RegistryAddress.parse(urls, key, secret, reader::report);
        KafkaSettings settings = new KafkaSettings(servers, Map.copyOf(common), registry);
        settings.validate(reader);
        return settings;
    }

    private static String servers(SettingsReader reader) {
        String text =
                reader.requiredText(BOOTSTRAP_SERVERS, "servers of the Kafka cluster, such as host-1:9092,host-2:9092");
        List<String> servers = new ArrayList<>();
        for (String server : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            var parts = SERVER.matcher(server.strip());
            if (parts.matches() && (parts.group(2) == null || Integer.parseInt(parts.group(2)) <= 65_535)) {
                servers.add(parts.group(1) + ":" + (parts.group(2) == null ? DEFAULT_PORT : parts.group(2)));
            } else {
                reader.problem(BOOTSTRAP_SERVERS, "must be servers such as host-1:9092,host-2:9092");
                break;
            }
        }
        return String.join(",", servers);
    }

    private static void secure(SettingsReader reader, Map<String, Object> common) {
        Optional<String> key = reader.text(API_KEY).filter(text -> !text.isEmpty());
        Optional<String> secret = reader.text(API_SECRET).filter(text -> !text.isEmpty());
        if (key.isPresent() != secret.isPresent()) {
            reader.report(API_KEY + " and " + API_SECRET + " must both be set or both be unset, but only "
                    + (key.isPresent() ? API_KEY : API_SECRET) + " is set");
        } else if (key.isPresent()) {
            common.put("security.protocol", "SASL_SSL");
            common.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
            common.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + escaped(key.get())
                            + "\" password=\"" + escaped(secret.orElseThrow()) + "\";");
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void readClientConfig(SettingsReader reader, Map<String, Object> common) {
        Set<String> known = new TreeSet<>(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        reader.map(CLIENT_CONFIG).forEach((name, value) -> {
            String reason = RESERVED.get(name);
            if (reason != null) {
                reader.report(CLIENT_CONFIG + " must not contain '" + name + "': " + reason);
            } else if (value == null || value instanceof Map) {
                reader.report(CLIENT_CONFIG + ": " + Shown.quoted(name)
                        + " must be text, a number, true, false or a list, but is "
                        + (value == null ? "nothing" : "a map"));
            } else {
                if (!known.contains(name) && !name.startsWith(REGISTRY_PREFIX)) {
                    LOG.warn(
                            "{}: '{}' is not a property of Kafka's clients.{} It is passed to them anyway",
                            CLIENT_CONFIG,
                            Shown.text(name),
                            NearestNames.question(name, known));
                }
                common.put(name, value instanceof List<?> list ? joined(list) : value.toString());
            }
        });
    }

    private static String joined(List<?> list) {
        return String.join(",", list.stream().map(String::valueOf).toList());
    }

    /**
     * Lets Kafka's own classes validate the values, if there are any beside ours: these classes log all properties. Their messages
     * hide secrets.
     */
    private void validate(SettingsReader reader) {
        if (reader.settings().value(CLIENT_CONFIG).isEmpty()) {
            return;
        }
        try {
            new ProducerConfig(producer());
            new ConsumerConfig(consumer("group"));
            new AdminClientConfig(admin());
        } catch (ConfigException e) {
            reader.report(CLIENT_CONFIG + ": " + Secrets.inMessage(e.getMessage()));
        }
        try {
            sslContext(registryProperties());
        } catch (KafkaException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            reader.report(CLIENT_CONFIG + ": the properties " + REGISTRY_PREFIX + "ssl.* cannot be used: "
                    + Secrets.inMessage(cause.toString()));
        }
    }

    private Map<String, Object> base(Set<String> names) {
        Map<String, Object> properties = new HashMap<>();
        common.forEach((name, value) -> {
            if (!name.startsWith(REGISTRY_PREFIX) && (names.contains(name) || !isKnown(name))) {
                properties.put(name, value);
            }
        });
        // Missing servers are reported already; this lets the other properties be validated.
        properties.put("bootstrap.servers", servers.isEmpty() ? "nowhere:1" : servers);
        return properties;
    }

    private static boolean isKnown(String name) {
        return ProducerConfig.configNames().contains(name)
                || ConsumerConfig.configNames().contains(name)
                || AdminClientConfig.configNames().contains(name);
    }

    Map<String, Object> producer() {
        Map<String, Object> properties = base(ProducerConfig.configNames());
        properties.put("key.serializer", ByteArraySerializer.class);
        properties.put("value.serializer", ByteArraySerializer.class);
        properties.putIfAbsent("acks", "all");
        properties.putIfAbsent("enable.idempotence", "true");
        properties.putIfAbsent("max.block.ms", "5000");
        properties.putIfAbsent("linger.ms", "5");
        properties.putIfAbsent("batch.size", Integer.toString(128 << 10));
        return properties;
    }

    Map<String, Object> consumer(String group) {
        Map<String, Object> properties = base(ConsumerConfig.configNames());
        properties.put("key.deserializer", ByteArrayDeserializer.class);
        properties.put("value.deserializer", ByteArrayDeserializer.class);
        properties.put("group.id", group);
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "none");
        properties.putIfAbsent("isolation.level", "read_committed");
        // The system's default, so that the next batch arrives while this one is being read.
        properties.putIfAbsent("receive.buffer.bytes", "-1");
        if (!"consumer".equalsIgnoreCase(String.valueOf(properties.get("group.protocol")))) {
            properties.putIfAbsent("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        }
        return properties;
    }

    /**
     * For reading a topic to its end, without a group. The client always requests the next records ahead. At the end of a partition, that
     * request would delay other requests to the same broker, and closing the client, by half a second with Kafka's default.
     */
    Map<String, Object> reader() {
        Map<String, Object> properties = consumer("");
        properties.put("fetch.max.wait.ms", READER_FETCH_WAIT_MILLIS);
        properties.keySet().removeIf(name -> name.startsWith("group.") || name.startsWith("partition.assignment"));
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", "false");
        return properties;
    }

    /**
     * With shorter timeouts than Kafka's defaults, because an operator is waiting. The admin client rejects a request timeout above
     * the call timeout; the other clients accept one.
     */
    Map<String, Object> admin() {
        Map<String, Object> properties = base(AdminClientConfig.configNames());
        int request = properties.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)
                ? (int) ClientProperty.ADMIN.number(properties, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)
                : ADMIN_REQUEST_MILLIS;
        int call = properties.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                ? (int) ClientProperty.ADMIN.number(properties, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                : Math.max(request, ADMIN_CALL_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(request, call));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, call);
        return properties;
    }

    /** Whether consumers see records of open and aborted transactions. */
    IsolationLevel isolation() {
        return "read_uncommitted".equals(consumer("").get("isolation.level"))
                ? IsolationLevel.READ_UNCOMMITTED
                : IsolationLevel.READ_COMMITTED;
    }

    /** For calls that a consumer makes between two polls. */
    Map<String, Object> admin(Duration timeout) {
        Map<String, Object> properties = admin();
        int call = (int) timeout.toMillis();
        int request = (int) ClientProperty.ADMIN.number(properties, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(request, call));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, call);
        return properties;
    }

    /** The properties of the connection to the schema registry, without their prefix. */
    Map<String, Object> registryProperties() {
        Map<String, Object> properties = new HashMap<>();
        common.forEach((name, value) -> {
            if (name.startsWith(REGISTRY_PREFIX)) {
                properties.put(name.substring(REGISTRY_PREFIX.length()), value);
            }
        });
        return properties;
    }

    /**
     * The TLS context for {@code ssl.*} properties, which mean the same as for Kafka's clients.
     *
     * @return null, for the JVM's default, if there are no properties
     * @throws KafkaException if they are invalid
     */
    static @Nullable SSLContext sslContext(Map<String, Object> properties) {
        if (properties.isEmpty()) {
            return null;
        }
        Map<String, Object> complete = new HashMap<>(properties);
        complete.putIfAbsent("bootstrap.servers", "unused:1");
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(ClientProperty.ADMIN.all(complete));
            return factory.sslContext();
        }
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return "Kafka at " + servers;
    }
}
