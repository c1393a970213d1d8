package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the dead letter and retry topics of groups if they are missing. Without permission to create topics it logs a warning,
 * once per topic, and continues: an administrator may create them. Thread-safe.
 */
final class GroupTopicCreator {

    private static final Logger LOG = LoggerFactory.getLogger(GroupTopicCreator.class);

    /** Keeps the newest record of each key forever, and compacts the others within about an hour. */
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "segment.ms", "3600000", "min.cleanable.dirty.ratio", "0.1");

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

    private static final String SIZE_LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** Larger than the default of topics, because a dead letter is larger than its event. */
    private static final int DEFAULT_LIMIT_BYTES = 16 << 20;

    /** A lower limit of a topic is there on purpose, so smaller messages need no check. */
    private static final int UNCHECKED_BYTES = 256 << 10;

    private final Map<String, Object> properties;
    private final KafkaExceptionTranslator exceptions;
    private final Duration checkInterval;
    private final Set<String> existing = ConcurrentHashMap.newKeySet();

    /** Topic → when its configuration was last checked, as {@link System#nanoTime()}. */
    private final Map<String, Long> checked = new ConcurrentHashMap<>();

    /** By topic: the largest record that it accepts, or for which its limit could not be read or raised. */
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();

    GroupTopicCreator(Map<String, Object> properties, KafkaExceptionTranslator exceptions) {
        this(properties, exceptions, CHECK_INTERVAL);
    }

    GroupTopicCreator(Map<String, Object> properties, KafkaExceptionTranslator exceptions, Duration checkInterval) {
        this.properties = properties;
        this.exceptions = exceptions;
        this.checkInterval = checkInterval;
    }

    /** Creates a compacted topic with one partition. */
    void createCompacted(String topic) {
        create(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(COMPACTED)));
    }

    /**
     * Creates a compacted topic, or checks that what is stored in it does not expire. A broker that creates topics itself does so with
     * its defaults, when one is deleted while it is used. Checks again after a while.
     *
     * @throws TransportException if messages in the topic would expire
     */
    void requireCompacted(String topic) {
        @Nullable Long last = checked.get(topic);
        if (last != null && System.nanoTime() - last < checkInterval.toNanos()) {
            return;
        }
        existing.remove(topic);
        createCompacted(topic);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(properties)) {
            @Nullable
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            if (config != null) {
                DeadLetterTopicCheck.problem(topic, config).ifPresent(problem -> {
                    throw new TransportException(problem.detail() + "; " + problem.hint(), null);
                });
            }
        } catch (ExecutionException | KafkaException e) {
            if (!isUnreadable(e.getCause())) {
                throw exceptions.translate("return the configuration of topic " + topic, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exceptions.translate("return the configuration of topic " + topic, e);
        }
        checked.put(topic, System.nanoTime());
    }

    /** Without the permission, or where the topic could not be created, nothing can be checked. */
    private static boolean isUnreadable(@Nullable Throwable cause) {
        return cause instanceof AuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof UnknownTopicOrPartitionException;
    }

    /** Creates topics with the broker's defaults. */
    void createPlain(Collection<String> topics) {
        create(topics.stream()
                .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()).configs(Map.of()))
                .toList());
    }

    /** The topic may have been deleted or changed: the next call checks it again. */
    void forget(String topic) {
        existing.remove(topic);
        checked.remove(topic);
        limits.remove(topic);
    }

    /**
     * Raises the size limit of a group's topic if it is below this size and we have permission.
     *
     * @return whether the limit was raised; the leader of the partition may apply it a little later
     */
    boolean raiseSizeLimit(String topic, int bytes) {
        if (bytes <= UNCHECKED_BYTES || bytes <= limits.getOrDefault(topic, 0)) {
            return false;
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(properties)) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            @Nullable ConfigEntry entry = config == null ? null : config.get(SIZE_LIMIT);
            int limit = entry == null ? Integer.MAX_VALUE : Integer.parseInt(entry.value());
            if (bytes <= limit) {
                limits.put(topic, limit);
                return false;
            }
            int raised = limitFor(bytes);
            AlterConfigOp raise =
                    new AlterConfigOp(new ConfigEntry(SIZE_LIMIT, Integer.toString(raised)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(raise)))
                    .all()
                    .get();
            LOG.info(
                    "Topic {}: raised {} from {} to {} for a message of {} bytes",
                    topic,
                    SIZE_LIMIT,
                    limit,
                    raised,
                    bytes);
            limits.put(topic, raised);
            return true;
        } catch (ExecutionException | RuntimeException e) {
            @Nullable Throwable cause = e.getCause();
            if (isForbidden(cause) || cause instanceof UnsupportedVersionException) {
                LOG.warn(
                        "Topic {} may reject a message of {} bytes: its {} could not be read or raised, sending anyway: {}",
                        topic,
                        bytes,
                        SIZE_LIMIT,
                        String.valueOf(cause));
                limits.put(topic, bytes);
                return false;
            }
            throw exceptions.translate("return the configuration of topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exceptions.translate("return the configuration of topic " + topic, e);
        }
    }

    /** The limit for a group's topic that stores records of this size with the headers of dead letters. */
    static int limitFor(int bytes) {
        return Math.max(DEFAULT_LIMIT_BYTES, bytes + bytes / 2);
    }

    private static boolean isForbidden(@Nullable Throwable cause) {
        return cause instanceof AuthorizationException || violatesPolicy(cause);
    }

    private static boolean violatesPolicy(@Nullable Throwable cause) {
        return cause instanceof PolicyViolationException || cause instanceof InvalidConfigurationException;
    }

    private void create(List<NewTopic> wanted) {
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(properties)) {
            Set<String> inCluster = admin.listTopics().names().get();
            for (NewTopic topic : missing) {
                if (!inCluster.contains(topic.name())) {
                    create(admin, topic);
                }
                existing.add(topic.name());
            }
        } catch (ExecutionException | RuntimeException e) {
            throw exceptions.translate("create " + names(missing), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exceptions.translate("create " + names(missing), e);
        }
    }

    /** If a policy of the cluster rejects the size limit, the topic is created with the default one. */
    private static void create(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        Map<String, String> withoutLimit = topic.configs();
        Map<String, String> withLimit = new HashMap<>(withoutLimit);
        withLimit.put(SIZE_LIMIT, Integer.toString(DEFAULT_LIMIT_BYTES));
        try {
            try {
                admin.createTopics(List.of(topic.configs(withLimit))).all().get();
            } catch (ExecutionException e) {
                if (!violatesPolicy(e.getCause())) {
                    throw e;
                }
                admin.createTopics(List.of(topic.configs(withoutLimit))).all().get();
            }
            LOG.info("Topic {} created", topic.name());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause != null && isForbidden(cause)) {
                LOG.warn(
                        "Topic {} could not be created; dead letters and replay need it, please create it (configuration {}): {}",
                        topic.name(),
                        withLimit,
                        String.valueOf(cause));
            } else if (!(cause instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static String names(List<NewTopic> topics) {
        return "topics " + String.join(", ", topics.stream().map(NewTopic::name).toList());
    }
}
