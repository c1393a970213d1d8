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

/** Whether events as large as their topics allow can be published, become dead letters, and be redriven. */
final class MessageSizeCheck {

    private static final String SUBJECT = "message size";
    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** By so much Kafka's usual limit of topics is larger than its usual limit of requests: what a batch has around it. */
    private static final int AROUND_BATCH = 12;

    private record Limit(int bytes, boolean isTheBrokers) {

        @Override
        public String toString() {
            return bytes + " bytes (" + (isTheBrokers ? "message.max.bytes of the broker" : LIMIT + " of the topic")
                    + ")";
        }
    }

    private final AdminLink link;
    private final CheckSpec spec;
    private final int largestRequest;

    MessageSizeCheck(AdminLink link, CheckSpec spec, KafkaSettings settings) {
        this.link = link;
        this.spec = spec;
        this.largestRequest = new ProducerConfig(settings.producer()).getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        Map<String, Limit> limits = new HashMap<>();
        for (String topic : new KafkaLook(link, topics).topics().keySet()) {
            @Nullable Limit limit = limit(topic);
            if (limit != null) {
                limits.put(topic, limit);
            }
        }
        limits.forEach((topic, limit) -> {
            if (GroupTopics.isForOneGroup(topic)) {
                TopicNames.origin(topic, limits.keySet())
                        .ifPresent(
                                origin -> judgeOwn(topic, limit, origin, limits.getOrDefault(origin, limit), checks));
            } else if (spec.published().containsKey(topic) && limit.bytes() > largestRequest + AROUND_BATCH) {
                checks.add(Diagnostic.warning(
                        SUBJECT,
                        "topic " + topic + " takes messages of up to " + limit
                                + ", but this service sends none of more than "
                                + largestRequest + " bytes (max.request.size of its producer); set max.request.size in "
                                + KafkaSettings.CLIENT_CONFIG + " to " + limit.bytes()));
            }
        });
    }

    private static void judgeOwn(String own, Limit limit, String origin, Limit originLimit, List<Diagnostic> checks) {
        if (limit.bytes() < originLimit.bytes()) {
            int wanted = GroupTopicMaker.roomFor(originLimit.bytes());
            checks.add(Diagnostic.warning(
                    SUBJECT,
                    "topic " + own + " takes messages of up to " + limit + ", but topic " + origin + " of up to "
                            + originLimit
                            + ", and a dead letter is larger than its event: one that does not fit is cut, or blocks its key,"
                            + " unless the consumer may raise the limit (AlterConfigs); set it: kafka-configs.sh"
                            + " --bootstrap-server <server> --alter --entity-type topics --entity-name " + own
                            + " --add-config " + LIMIT + "=" + wanted));
        }
    }

    /** Null where that cannot be told, which the check of the retention says. */
    private @Nullable Limit limit(String topic) {
        try {
            @Nullable Config config = link.configuration(topic);
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
