package dev.carillon.bus.redis;

import dev.carillon.bus.redis.GroupIncidentDetector.Incident;
import dev.carillon.bus.redis.GroupIncidentDetector.Readers;
import dev.carillon.bus.redis.PendingEntriesReader.PendingCounts;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inspects the state of the group on its topics at intervals, and reports incidents. */
final class GroupMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMonitor.class);

    private static final int COMMANDS_PER_TOPIC = 4;
    private static final int MAX_COUNTED = 100_000;

    /**
     * How often to inspect a group.
     *
     * @param behind while there are undelivered messages, which another client could make the group skip
     * @param caughtUp while there are none
     */
    record Intervals(Duration behind, Duration caughtUp) {

        /**
         * A Python consumer that starts moves the group to the end of the topic. Where other clients read the group as well, and
         * until this member has caught up for the first time, the only sign of that is an unknown {@code entries-read}. Redis
         * knows it again as soon as the newest entry is read, within seconds, and then the skipped messages go unnoticed. So a
         * group that is behind is inspected five times a second. Each inspection is one round trip of four commands per topic, whose
         * replies contain only two entries, the first and the last of the stream: it costs less than a poll. It also saves the
         * position for the next member, which counts from there what was lost if this one crashes.
         */
        static final Intervals DEFAULT = new Intervals(Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    private final ConsumerContext context;
    private final Intervals intervals;
    private final PendingLossDetector pendingLosses;
    private final Map<String, Set<String>> leaseUnaware = new HashMap<>();
    private long nextInFlightCheck = System.nanoTime();

    GroupMonitor(ConsumerContext context, Intervals intervals, PendingLossDetector pendingLosses) {
        this.context = context;
        this.intervals = intervals;
        this.pendingLosses = pendingLosses;
    }

    /** Inspects all these topics in one round trip; returns the time until the next inspection. */
    Duration inspect(List<TopicState> topics) {
        Duration next = intervals.caughtUp();
        if (topics.isEmpty()) {
            return next;
        }
        List<RedisCommand<List<Object>>> commands = new ArrayList<>();
        for (TopicState topic : topics) {
            // In this order, reads in between can hide a loss until the next inspection, but never fake one.
            commands.add(StreamCommands.streamInfo(topic.name()));
            commands.add(StreamCommands.groupsInfo(topic.name()));
            commands.add(context.commands().consumersInfo(topic.name()));
            commands.add(context.commands().pendingSummary(topic.name()));
        }
        long now = System.nanoTime();
        boolean checksInFlight = nextInFlightCheck - now <= 0; // less often: it compares all in-flight messages
        if (checksInFlight) {
            nextInFlightCheck = now + intervals.caughtUp().toNanos();
        }
        List<List<Object>> replies = context.redis().executeAll("inspect group " + context.group(), commands);
        for (int i = 0; i < topics.size(); i++) {
            TopicState topic = topics.get(i);
            int first = COMMANDS_PER_TOPIC * i;
            @Nullable
            GroupSnapshot snapshot = GroupSnapshot.parse(replies.get(first), replies.get(first + 1), context.group());
            if (snapshot == null) {
                throw new RedisExceptionTranslator.NoSuchGroupException(
                        "Topic " + topic.name() + " has no group " + context.group(), null);
            }
            if (topic.incidents().isFirstInspectionOfFoundGroup()) {
                logPosition(topic, snapshot);
            }
            Set<String> others = leaseUnawareMembers(topic, replies.get(first + 2));
            PendingCounts pending = PendingCounts.parse(replies.get(first + 3));
            topic.incidents()
                    .inspect(snapshot, System.nanoTime(), readers(topic, others, pending))
                    .forEach(incident -> report(topic, withCount(topic, snapshot, incident)));
            if (checksInFlight) {
                detectTrimmedInFlight(topic, snapshot);
            }
            topic.inspected(snapshot);
            if (topic.incidents().isBehind()) {
                next = intervals.behind();
            }
        }
        return next;
    }

    /** Counts the messages that a moved group skipped: they are still in the stream. Gives up if there are too many. */
    private Incident withCount(TopicState topic, GroupSnapshot snapshot, Incident incident) {
        StreamId from = topic.incidents().countSkippedFrom();
        if (incident.kind() != GroupIncident.Kind.MOVED_FORWARD || incident.messages() >= 0 || from == null) {
            return incident;
        }
        OptionalLong skipped = GroupInspector.countEntries(
                context.redis(),
                context.operation("count messages of", topic),
                topic.name(),
                from.toString(),
                snapshot.delivered().toString(),
                MAX_COUNTED);
        if (skipped.isEmpty()) {
            return incident;
        }
        topic.incidents().skippedCounted(skipped.getAsLong(), snapshot);
        return new Incident(incident.kind(), skipped.getAsLong(), incident.detail());
    }

    private void detectTrimmedInFlight(TopicState topic, GroupSnapshot snapshot) {
        List<StreamId> gone = topic.inFlight().before(snapshot.first());
        if (!gone.isEmpty()) {
            topic.inFlight().markGone(pendingLosses.detect(topic, gone, PendingLossDetector.WHILE_IN_FLIGHT));
        }
    }

    private Readers readers(TopicState topic, Set<String> others, PendingCounts pending) {
        if (context.options().sharing() || !others.isEmpty()) {
            return Readers.OTHERS_TOO;
        }
        boolean allKnown = topic.pending().isDone()
                || pending.of(context.options().consumer()) <= topic.inFlight().size();
        return allKnown && !pending.hasAnyOf(context::isFormerMember)
                ? Readers.ONLY_THIS
                : Readers.ONLY_THIS_DELIVERIES_UNKNOWN;
    }

    /** The live members that do not respect leases; logs a warning when there are new ones. */
    private Set<String> leaseUnawareMembers(TopicState topic, List<Object> consumersInfo) {
        if (context.options().sharing()) {
            return Set.of();
        }
        Set<String> now = context.members().leaseUnaware(GroupInspector.live(consumersInfo));
        Set<String> before = leaseUnaware.put(topic.name(), now);
        if (!now.isEmpty() && !now.equals(before)) {
            LOG.warn(
                    "Group {} of topic {} is also read by members that do not use leases: {}. Events of one key are in order"
                            + " only within each member",
                    context.group(),
                    topic.name(),
                    String.join(", ", now));
        }
        return now;
    }

    /** Records that new messages were delivered to this member. */
    void recordRead(TopicState topic, List<IncomingMessage> messages) {
        @Nullable
        Incident incident = topic.incidents()
                .recordRead(
                        StreamId.of(messages.get(0)), StreamId.of(messages.get(messages.size() - 1)), messages.size());
        if (incident != null) {
            report(topic, incident);
        }
    }

    private void report(TopicState topic, Incident incident) {
        context.report(incident.kind(), topic, incident.messages(), incident.detail());
    }

    private void logPosition(TopicState topic, GroupSnapshot snapshot) {
        if (context.options().wouldMoveInPython()) {
            LOG.warn(
                    "Group {} already exists on topic {} at {}: {} applies to new groups only and did not move it. To move it,"
                            + " run XGROUP SETID {} {} <id>",
                    context.group(),
                    topic.name(),
                    snapshot.delivered(),
                    context.options().startDescription(),
                    topic.name(),
                    context.group());
        } else {
            LOG.info(
                    "Group {} already exists on topic {} and continues after {} ({} applies to new groups only)",
                    context.group(),
                    topic.name(),
                    snapshot.delivered(),
                    context.options().startDescription());
        }
    }
}
