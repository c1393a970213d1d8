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

/** Checks that dead letters stay in their topics until they are discarded. */
final class DeadLetterTopicCheck {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final AdminConnection connection;

    /** Why dead letters expire in a topic, and how to correct that. */
    record Expiry(String detail, String hint) {}

    DeadLetterTopicCheck(AdminConnection connection) {
        this.connection = connection;
    }

    /**
     * Throws a {@link TransportException} if the group's dead letters would expire: the consumer must not start then. Logs a
     * warning if the configuration may not be read.
     */
    void require(SourceOptions options) {
        String group = options.spec().group();
        for (String topic : options.deadLetterTopics()) {
            try {
                Optional<Expiry> problem = problem(topic);
                if (problem.isPresent()) {
                    throw new TransportException(
                            "Group " + group + " does not start: "
                                    + problem.get().detail() + "; "
                                    + problem.get().hint(),
                            null);
                }
            } catch (TransportException e) {
                if (!(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                LOG.warn(
                        "Group {} cannot check that dead letter topic {} has cleanup.policy=compact, missing permission for"
                                + " DescribeConfigs; reading anyway",
                        group,
                        topic);
            }
        }
    }

    /**
     * Why dead letters would expire in this topic, and how to correct that; empty if they do not expire, or the topic does not
     * exist yet.
     *
     * @throws TransportException if the configuration cannot be read, with Kafka's own exception as its cause
     */
    Optional<Expiry> problem(String topic) {
        try {
            @Nullable Config config = connection.topicConfig(topic);
            return config == null ? Optional.empty() : problem(topic, config);
        } catch (TransportException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof UnsupportedVersionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Why dead letters would expire in a topic with this configuration; empty if they do not. */
    static Optional<Expiry> problem(String topic, Config config) {
        boolean deletes = AdminConnection.value(config, "cleanup.policy", "").contains("delete");
        boolean isLimited = !AdminConnection.value(config, "retention.ms", "-1").equals("-1")
                || !AdminConnection.value(config, "retention.bytes", "-1").equals("-1");
        return deletes && isLimited
                ? Optional.of(new Expiry(
                        "topic " + topic + " has cleanup.policy=" + AdminConnection.value(config, "cleanup.policy", "")
                                + " and retention.ms=" + AdminConnection.value(config, "retention.ms", "-1")
                                + ", so dead letters expire unnoticed",
                        "set its cleanup.policy to compact: kafka-configs.sh --bootstrap-server <server> --alter --entity-type topics --entity-name "
                                + topic + " --add-config cleanup.policy=compact"))
                : Optional.empty();
    }
}
