package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Checks whether events leave topics before their groups have processed them, or soon will. */
final class RetentionCheck {

    private static final String RETENTION = "retention";
    private static final String DEAD_LETTERS = "-dlq";
    private static final long WEEK_MILLIS = Duration.ofDays(7).toMillis();

    private final AdminConnection connection;
    private final KafkaAdmin admin;

    RetentionCheck(AdminConnection connection, KafkaAdmin admin) {
        this.connection = connection;
        this.admin = admin;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        ClusterSnapshot snapshot = new ClusterSnapshot(connection, topics);
        Map<String, Limits> limits = new HashMap<>();
        List<Diagnostic> found = new ArrayList<>();
        for (String topic : snapshot.topics().keySet()) {
            limit(topic, found).ifPresent(limit -> limits.put(topic, limit));
        }
        snapshot.topics().keySet().forEach(topic -> checkGroupTopic(topic, limits, found));
        admin.groups(List.copyOf(limits.keySet())).forEach(state -> {
            Limits limit = limits.getOrDefault(state.topic(), Limits.NONE);
            GroupLag lag = snapshot.lag(state.topic(), state.group());
            checkGroup(
                    "group " + state.group() + " in topic " + state.topic(),
                    limit,
                    lag,
                    state.oldest().orElse(Duration.ZERO),
                    found);
        });
        checks.addAll(found);
        if (found.isEmpty() && !limits.isEmpty()) {
            checks.add(
                    Diagnostic.ok(RETENTION, "no group is so far behind that events leave their topics unprocessed"));
        }
    }

    /**
     * The retention of a topic.
     *
     * @param millis retention.ms; -1 for no limit
     * @param bytes retention.bytes of a partition; -1 for no limit
     */
    private record Limits(long millis, long bytes) {
        static final Limits NONE = new Limits(-1, -1);

        boolean isLimited() {
            return millis >= 0 || bytes >= 0;
        }
    }

    /** The dead letter and retry topics of groups may have been created by an administrator, with limits. */
    private void checkGroupTopic(String topic, Map<String, Limits> limits, List<Diagnostic> found) {
        Limits limit = limits.getOrDefault(topic, Limits.NONE);
        if (topic.endsWith(DEAD_LETTERS)) {
            if (limit.isLimited()) {
                new DeadLetterTopicCheck(connection)
                        .problem(topic)
                        .ifPresent(expiry -> found.add(Diagnostic.failed(RETENTION, expiry.detail(), expiry.hint())));
            }
        } else if (GroupTopics.isForOneGroup(topic) && limit.millis() >= 0) {
            long wanted = KafkaTopicNames.origin(topic, limits.keySet())
                    .map(origin -> limits.getOrDefault(origin, Limits.NONE).millis())
                    .filter(millis -> millis >= 0 && millis < WEEK_MILLIS)
                    .orElse(WEEK_MILLIS);
            if (limit.millis() < wanted) {
                found.add(Diagnostic.warning(
                        RETENTION,
                        "topic " + topic + " keeps events for " + limit.millis() / 1000
                                + " s: redriven and replayed events are lost if the group does not read them by then",
                        "raise its retention.ms to " + wanted / 1000
                                + " s (the retention of its topic, at most a week)"));
            }
        }
    }

    private static void checkGroup(String who, Limits limit, GroupLag lag, Duration oldest, List<Diagnostic> found) {
        String hint = "start more consumers, or raise retention.ms or retention.bytes of the topic";
        long lost = lag.lost();
        if (lost > 0) {
            found.add(Diagnostic.failed(
                    RETENTION, who + ": " + lost + " events left the topic before it processed them", hint));
        } else if (limit.millis() >= 0 && 2 * oldest.toMillis() >= limit.millis()) {
            String detail = who + " has not processed an event that is " + oldest.toSeconds()
                    + " s old, in a topic that keeps events for " + limit.millis() / 1000 + " s";
            found.add(
                    oldest.toMillis() >= limit.millis()
                            ? Diagnostic.failed(
                                    RETENTION, detail + ": events may leave it unprocessed at any moment", hint)
                            : Diagnostic.warning(RETENTION, detail + ": events will soon leave it unprocessed", hint));
        } else if (limit.bytes() >= 0 && isBehindHalfOfATrimmedPartition(lag)) {
            found.add(Diagnostic.warning(
                    RETENTION,
                    who + " has not processed more than half of a partition, which is limited to " + limit.bytes()
                            + " bytes: events will soon leave it unprocessed",
                    hint));
        }
    }

    /** A partition that was trimmed before is about as large as it can be. */
    private static boolean isBehindHalfOfATrimmedPartition(GroupLag lag) {
        return lag.unread().entrySet().stream().anyMatch(entry -> {
            long begin = lag.beginnings().getOrDefault(entry.getKey(), 0L);
            long end = lag.ends().getOrDefault(entry.getKey(), 0L);
            return begin > 0 && 2 * (end - entry.getValue()) > end - begin;
        });
    }

    private Optional<Limits> limit(String topic, List<Diagnostic> found) {
        try {
            @Nullable Config config = connection.topicConfig(topic);
            return config == null
                            || !AdminConnection.value(config, "cleanup.policy", "delete")
                                    .contains("delete")
                    ? Optional.empty()
                    : Optional.of(new Limits(
                            Long.parseLong(AdminConnection.value(config, "retention.ms", "-1")),
                            Long.parseLong(AdminConnection.value(config, "retention.bytes", "-1"))));
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                found.add(Diagnostic.warning(
                        RETENTION,
                        "topic " + topic + ": retention cannot be checked: missing permission for DescribeConfigs",
                        "grant DescribeConfigs on the topic, or ignore this: no service needs it"));
                return Optional.empty();
            }
            throw e;
        }
    }
}
