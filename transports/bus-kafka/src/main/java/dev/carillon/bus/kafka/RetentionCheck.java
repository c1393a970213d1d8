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

/** Whether events leave topics before their groups have finished them, or soon will. */
final class RetentionCheck {

    private static final String RETENTION = "retention";
    private static final String DEAD_LETTERS = "-dlq";
    private static final long WEEK_MILLIS = Duration.ofDays(7).toMillis();

    private final AdminLink link;
    private final KafkaAdmin admin;

    RetentionCheck(AdminLink link, KafkaAdmin admin) {
        this.link = link;
        this.admin = admin;
    }

    void check(List<String> topics, List<Diagnostic> checks) {
        KafkaLook look = new KafkaLook(link, topics);
        Map<String, Limits> limits = new HashMap<>();
        List<Diagnostic> found = new ArrayList<>();
        for (String topic : look.topics().keySet()) {
            limit(topic, found).ifPresent(limit -> limits.put(topic, limit));
        }
        look.topics().keySet().forEach(topic -> judgeOwn(topic, limits, found));
        admin.groups(List.copyOf(limits.keySet())).forEach(state -> {
            Limits limit = limits.getOrDefault(state.topic(), Limits.NONE);
            GroupStanding standing = look.standing(state.topic(), state.group());
            judge(
                    "group " + state.group() + " in topic " + state.topic(),
                    limit,
                    standing,
                    state.oldest().orElse(Duration.ZERO),
                    found);
        });
        checks.addAll(found);
        if (found.isEmpty() && !limits.isEmpty()) {
            checks.add(Diagnostic.ok(RETENTION, "no group is so far behind that events leave their topics unread"));
        }
    }

    /**
     * What a topic keeps.
     *
     * @param millis so long; -1: for ever
     * @param bytes so much in a partition; -1: everything
     */
    private record Limits(long millis, long bytes) {
        static final Limits NONE = new Limits(-1, -1);

        boolean isLimited() {
            return millis >= 0 || bytes >= 0;
        }
    }

    /** Topics that groups have for themselves, but that somebody else has made. */
    private void judgeOwn(String topic, Map<String, Limits> limits, List<Diagnostic> found) {
        Limits limit = limits.getOrDefault(topic, Limits.NONE);
        if (topic.endsWith(DEAD_LETTERS)) {
            if (limit.isLimited()) {
                new DeadLetterTopicCheck(link)
                        .problem(topic)
                        .ifPresent(why -> found.add(Diagnostic.failed(RETENTION, why)));
            }
        } else if (GroupTopics.isForOneGroup(topic) && limit.millis() >= 0) {
            long wanted = TopicNames.origin(topic, limits.keySet())
                    .map(origin -> limits.getOrDefault(origin, Limits.NONE).millis())
                    .filter(millis -> millis >= 0 && millis < WEEK_MILLIS)
                    .orElse(WEEK_MILLIS);
            if (limit.millis() < wanted) {
                found.add(Diagnostic.warning(
                        RETENTION,
                        "topic " + topic + " keeps events for " + limit.millis() / 1000
                                + " s: what is redriven or replayed is gone when the group does not read it by then;"
                                + " raise its retention.ms to " + wanted / 1000
                                + " s, as long as its topic keeps events,"
                                + " or a week"));
            }
        }
    }

    private static void judge(
            String who, Limits limit, GroupStanding standing, Duration oldest, List<Diagnostic> found) {
        String wayOut = "; start more consumers, or raise retention.ms or retention.bytes of the topic";
        long lost = standing.lost();
        if (lost > 0) {
            found.add(Diagnostic.failed(
                    RETENTION, who + ": " + lost + " events left the topic before it had them" + wayOut));
        } else if (limit.millis() >= 0 && 2 * oldest.toMillis() >= limit.millis()) {
            String standingAt = who + " has yet to finish an event that is " + oldest.toSeconds()
                    + " s old, in a topic that keeps events for " + limit.millis() / 1000 + " s";
            found.add(
                    oldest.toMillis() >= limit.millis()
                            ? Diagnostic.failed(RETENTION, standingAt + ": any moment events leave it unread" + wayOut)
                            : Diagnostic.warning(RETENTION, standingAt + ": soon events leave it unread" + wayOut));
        } else if (limit.bytes() >= 0 && isAtTheBackOfATrimmedPartition(standing)) {
            found.add(Diagnostic.warning(
                    RETENTION,
                    who + " has yet to finish more than half of what a partition holds, which is trimmed to "
                            + limit.bytes() + " bytes: soon events leave it unread" + wayOut));
        }
    }

    /** A partition that has been trimmed holds about as much as it ever will. */
    private static boolean isAtTheBackOfATrimmedPartition(GroupStanding standing) {
        return standing.unread().entrySet().stream().anyMatch(entry -> {
            long begin = standing.begins().getOrDefault(entry.getKey(), 0L);
            long end = standing.ends().getOrDefault(entry.getKey(), 0L);
            return begin > 0 && 2 * (end - entry.getValue()) > end - begin;
        });
    }

    private Optional<Limits> limit(String topic, List<Diagnostic> found) {
        try {
            @Nullable Config config = link.configuration(topic);
            return config == null
                            || !AdminLink.value(config, "cleanup.policy", "delete")
                                    .contains("delete")
                    ? Optional.empty()
                    : Optional.of(new Limits(
                            Long.parseLong(AdminLink.value(config, "retention.ms", "-1")),
                            Long.parseLong(AdminLink.value(config, "retention.bytes", "-1"))));
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                found.add(Diagnostic.warning(
                        RETENTION,
                        "topic " + topic
                                + ": what it keeps cannot be told, for want of DescribeConfigs (no service needs"
                                + " it)"));
                return Optional.empty();
            }
            throw e;
        }
    }
}
