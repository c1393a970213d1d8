package dev.carillon.bus.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
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

    private final Map<String, Object> properties;
    private final KafkaFailure failures;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

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
                .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                .toList());
    }

    /** A topic may have been removed: the next time it is made again. */
    void forget(String topic) {
        there.remove(topic);
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

    private static void make(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Made topic {}", topic.name());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AuthorizationException || cause instanceof PolicyViolationException) {
                LOG.warn(
                        "Cannot make topic {}, which must be there for dead letters and replay (settings {}): {}",
                        topic.name(),
                        topic.configs() == null ? "of your choice" : topic.configs(),
                        cause.getMessage());
            } else if (!(cause instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static String names(List<NewTopic> topics) {
        return "topics " + String.join(", ", topics.stream().map(NewTopic::name).toList());
    }
}
