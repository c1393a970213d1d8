package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether dead letters stay in their topics until somebody discards them. */
final class DeadLetterTopicCheck {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final AdminLink link;

    DeadLetterTopicCheck(AdminLink link) {
        this.link = link;
    }

    /**
     * Throws a {@link TransportException} where what the group cannot handle would be kept for a while only, so that it does not
     * read; warns where that cannot be told.
     */
    void require(SourceOptions options) {
        String group = options.spec().group();
        for (String topic : options.deadLetterTopics()) {
            try {
                Optional<String> problem = problem(topic);
                if (problem.isPresent()) {
                    throw new TransportException("Group " + group + " does not read: " + problem.get(), null);
                }
            } catch (TransportException e) {
                if (!(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                LOG.warn(
                        "Group {} cannot tell whether dead letters stay in topic {}, which must have"
                                + " cleanup.policy=compact: this user lacks DescribeConfigs",
                        group,
                        topic);
            }
        }
    }

    /**
     * Why dead letters leave this topic by themselves, and what to do about it; empty where they do not, or where there is no such
     * topic yet.
     *
     * @throws TransportException when that cannot be told, with Kafka's own exception as its cause
     */
    Optional<String> problem(String topic) {
        try {
            @Nullable Config config = link.configuration(topic);
            return config == null ? Optional.empty() : problem(topic, config);
        } catch (TransportException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof UnsupportedVersionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<String> problem(String topic, Config config) {
        boolean deletes = AdminLink.value(config, "cleanup.policy", "").contains("delete");
        boolean isLimited = !AdminLink.value(config, "retention.ms", "-1").equals("-1")
                || !AdminLink.value(config, "retention.bytes", "-1").equals("-1");
        return deletes && isLimited
                ? Optional.of("topic " + topic + " has cleanup.policy=" + AdminLink.value(config, "cleanup.policy", "")
                        + " and retention.ms=" + AdminLink.value(config, "retention.ms", "-1")
                        + ", so that dead letters expire unnoticed; it must have cleanup.policy=compact: kafka-configs.sh"
                        + " --bootstrap-server <server> --alter --entity-type topics --entity-name " + topic
                        + " --add-config cleanup.policy=compact")
                : Optional.empty();
    }
}
