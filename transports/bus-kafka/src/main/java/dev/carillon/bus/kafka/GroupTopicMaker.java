package dev.carillon.bus.kafka;

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
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that a group has for itself, where they are missing. Whoever may not make topics is told so once, and goes on:
 * somebody else may have made them. Thread-safe.
 */
final class GroupTopicMaker {

    private static final Logger LOG = LoggerFactory.getLogger(GroupTopicMaker.class);

    /** Keeps the newest record of each key for ever, and clears away the others before long. */
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "segment.ms", "3600000", "min.cleanable.dirty.ratio", "0.1");

    private static final String LIMIT = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** What the topics take: an event that fits its topic does not fit another of the same limit with what is added to it. */
    private static final int ROOMY = 16 << 20;

    /** No topic has a limit below this, or it has it on purpose. */
    private static final int ALWAYS_FITS = 256 << 10;

    private final Map<String, Object> properties;
    private final KafkaFailure failures;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    /** Topic → the largest record that it is known to take, or that there is no use in asking for. */
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();

    GroupTopicMaker(Map<String, Object> properties, KafkaFailure failures) {
        this.properties = properties;
        this.failures = failures;
    }

    /** A topic of one partition in which the newest record of each key stays. */
    void compacted(String topic) {
        make(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(COMPACTED)));
    }

    /** Topics as the brokers make them by default. */
    void plain(Collection<String> topics) {
        make(topics.stream()
                .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()).configs(Map.of()))
                .toList());
    }

    /** A topic may have been removed, or changed: the next time it is made again, and asked for its limit. */
    void forget(String topic) {
        there.remove(topic);
        limits.remove(topic);
    }

    /**
     * Lets a topic of a group's own take a record of this size, where it does not and we may change that. Answers whether its limit
     * was changed just now: its leader may not have heard of that yet.
     */
    boolean makeRoom(String topic, int bytes) {
        if (bytes <= ALWAYS_FITS || bytes <= limits.getOrDefault(topic, 0)) {
            return false;
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(properties)) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            @Nullable ConfigEntry entry = config == null ? null : config.get(LIMIT);
            int limit = entry == null ? Integer.MAX_VALUE : Integer.parseInt(entry.value());
            if (bytes <= limit) {
                limits.put(topic, limit);
                return false;
            }
            int wider = roomFor(bytes);
            AlterConfigOp raise =
                    new AlterConfigOp(new ConfigEntry(LIMIT, Integer.toString(wider)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(raise)))
                    .all()
                    .get();
            LOG.info(
                    "Raised {} of topic {} from {} to {}, for a message of {} bytes",
                    LIMIT,
                    topic,
                    limit,
                    wider,
                    bytes);
            limits.put(topic, wider);
            return true;
        } catch (ExecutionException | RuntimeException e) {
            @Nullable Throwable cause = e.getCause();
            if (isRefusal(cause) || cause instanceof UnsupportedVersionException) {
                LOG.warn(
                        "Topic {} may not take a message of {} bytes, and its {} cannot be looked up or raised: {}",
                        topic,
                        bytes,
                        LIMIT,
                        String.valueOf(cause));
                limits.put(topic, bytes);
                return false;
            }
            throw failures.of("tell the settings of topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of("tell the settings of topic " + topic, e);
        }
    }

    /** The limit of a topic of a group's own that is to take records of this size, with what is added to them. */
    static int roomFor(int bytes) {
        return Math.max(ROOMY, bytes + bytes / 2);
    }

    private static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof AuthorizationException || isAgainstPolicy(cause);
    }

    private static boolean isAgainstPolicy(@Nullable Throwable cause) {
        return cause instanceof PolicyViolationException || cause instanceof InvalidConfigurationException;
    }

    private void make(List<NewTopic> wanted) {
        List<NewTopic> missing =
                wanted.stream().filter(topic -> !there.contains(topic.name())).toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(properties)) {
            Set<String> existing = admin.listTopics().names().get();
            for (NewTopic topic : missing) {
                if (!existing.contains(topic.name())) {
                    make(admin, topic);
                }
                there.add(topic.name());
            }
        } catch (ExecutionException | RuntimeException e) {
            throw failures.of("make " + names(missing), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of("make " + names(missing), e);
        }
    }

    /** A cluster may have a limit for limits; then the topic has that of the others. */
    private static void make(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        Map<String, String> usual = topic.configs();
        Map<String, String> roomy = new HashMap<>(usual);
        roomy.put(LIMIT, Integer.toString(ROOMY));
        try {
            try {
                admin.createTopics(List.of(topic.configs(roomy))).all().get();
            } catch (ExecutionException e) {
                if (!isAgainstPolicy(e.getCause())) {
                    throw e;
                }
                admin.createTopics(List.of(topic.configs(usual))).all().get();
            }
            LOG.info("Made topic {}", topic.name());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause != null && isRefusal(cause)) {
                LOG.warn(
                        "Cannot make topic {}, which must be there for dead letters and replay (settings {}): {}",
                        topic.name(),
                        roomy,
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
