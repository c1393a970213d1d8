package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Checks whether events as large as their topics allow can be published, become dead letters, and be redriven. */
final class MessageSizeCheck {

    private static final String SUBJECT = "message size";
    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** The difference between Kafka's default limits of topics and of requests: the overhead of a batch. */
    private static final int BATCH_OVERHEAD_BYTES = 12;

    private record Limit(int bytes, boolean isBrokerDefault) {

        @Override
        public String toString() {
            return bytes + " bytes (" + (isBrokerDefault ? "message.max.bytes of the broker" : LIMIT + " of the topic")
                    + ")";
        }
    }

    private final AdminConnection connection;
    private final CheckSpec spec;
    private final int maxRequestBytes;

    MessageSizeCheck(AdminConnection connection, CheckSpec spec, KafkaSettings settings) {
        this.connection = connection;
        this.spec = spec;
        this.maxRequestBytes =
                (int) ClientProperty.PRODUCER.number(settings.producer(), ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        Map<String, Limit> limits = new HashMap<>();
        for (String topic : new ClusterSnapshot(connection, topics).topics().keySet()) {
            @Nullable Limit limit = limit(topic);
            if (limit != null) {
                limits.put(topic, limit);
            }
        }
        limits.forEach((topic, limit) -> {
            if (GroupTopics.isForOneGroup(topic)) {
                KafkaTopicNames.origin(topic, limits.keySet())
                        .ifPresent(origin ->
                                checkGroupTopic(topic, limit, origin, limits.getOrDefault(origin, limit), checks));
            } else if (spec.published().containsKey(topic) && limit.bytes() > maxRequestBytes + BATCH_OVERHEAD_BYTES) {
                checks.add(Diagnostic.warning(
                        SUBJECT,
                        "topic " + topic + " accepts messages of up to " + limit
                                + ", but this service sends at most "
                                + maxRequestBytes
                                + " bytes (max.request.size of its producer)",
                        "set max.request.size in " + KafkaSettings.CLIENT_CONFIG + " to " + limit.bytes()));
            }
        });
    }

    private static void checkGroupTopic(
            String own, Limit limit, String origin, Limit originLimit, List<Diagnostic> checks) {
        if (limit.bytes() < originLimit.bytes()) {
            int wanted = GroupTopicCreator.limitFor(originLimit.bytes());
            checks.add(Diagnostic.warning(
                    SUBJECT,
                    "topic " + own + " accepts messages of up to " + limit + ", but topic " + origin + " of up to "
                            + originLimit
                            + ", and a dead letter is larger than its event: one that does not fit is truncated, or blocks its"
                            + " key, unless the consumer may raise the limit (AlterConfigs)",
                    "raise the limit: kafka-configs.sh --bootstrap-server <server> --alter --entity-type topics --entity-name "
                            + own + " --add-config " + LIMIT + "=" + wanted));
        }
    }

    /** Null if it cannot be read, which the retention check reports. */
    private @Nullable Limit limit(String topic) {
        try {
            @Nullable Config config = connection.topicConfig(topic);
            @Nullable ConfigEntry entry = config == null ? null : config.get(LIMIT);
            return entry == null || entry.value() == null
                    ? null
                    : new Limit(
                            Integer.parseInt(entry.value()),
                            entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return null;
            }
            throw e;
        }
    }
}
