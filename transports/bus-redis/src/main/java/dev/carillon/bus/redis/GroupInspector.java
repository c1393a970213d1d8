package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.redis.RedisExceptionTranslator.NoSuchGroupException;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Inspects the groups of a topic for operators, based on one reply of {@code XINFO}. */
final class GroupInspector {

    /**
     * A consumer counts as live if it was active this recently: the Python consumer blocks for a minute while it waits for
     * messages, and shows no activity meanwhile.
     */
    static final Duration LIVE_WINDOW = Duration.ofSeconds(65);

    private static final int MAX_COUNTED = 10_000;
    private static final int COUNT_PAGE = 1_000;

    private final RedisCommandExecutor redis;
    private final String topic;
    private final String operation;
    private final List<Object> streamInfo;
    private final List<Object> groupsInfo;

    private GroupInspector(
            RedisCommandExecutor redis,
            String topic,
            String operation,
            List<Object> streamInfo,
            List<Object> groupsInfo) {
        this.redis = redis;
        this.topic = topic;
        this.operation = operation;
        this.streamInfo = streamInfo;
        this.groupsInfo = groupsInfo;
    }

    /** Inspects a topic; returns null if it does not exist. */
    static @Nullable GroupInspector inspect(RedisCommandExecutor redis, String topic) {
        String operation = "inspect the groups of topic " + topic;
        try {
            List<List<Object>> replies = redis.executeAll(
                    operation, List.of(StreamCommands.streamInfo(topic), StreamCommands.groupsInfo(topic)));
            return new GroupInspector(redis, topic, operation, replies.get(0), replies.get(1));
        } catch (NoSuchGroupException e) {
            return null;
        }
    }

    List<String> groups() {
        return groupsInfo.stream()
                .map(each -> text(RedisCommand.fields((List<?>) each).get("name")))
                .sorted()
                .toList();
    }

    /** The state of a group; null if it does not exist. */
    @Nullable
    GroupSnapshot snapshot(String group) {
        return GroupSnapshot.parse(streamInfo, groupsInfo, group);
    }

    List<GroupState> states() {
        List<GroupState> states = new ArrayList<>();
        for (String group : groups()) {
            GroupSnapshot snapshot = snapshot(group);
            if (snapshot != null) {
                states.add(state(group, snapshot));
            }
        }
        return states;
    }

    private GroupState state(String group, GroupSnapshot snapshot) {
        Pending pending = pending(group);
        return new GroupState(
                topic,
                group,
                liveNames(group),
                lag(group, snapshot),
                oldestUnfinished(snapshot, pending).map(GroupInspector::age),
                OptionalLong.of(pending.count()),
                snapshot.delivered().toString(),
                snapshot.length());
    }

    /**
     * The pending entries of a group.
     *
     * @param first the oldest; null if there are none
     */
    record Pending(long count, @Nullable StreamId first) {}

    Pending pending(String group) {
        List<Object> reply = redis.execute(operation, StreamCommands.pendingSummary(topic, group));
        long count = reply.get(0) instanceof Long number ? number : 0;
        return new Pending(count, count == 0 ? null : StreamId.parse(text(reply.get(1))));
    }

    /** A consumer, and how long ago it was active. */
    record Member(String name, Duration idle) {}

    /** The live members of a group. Adds the holder of the lease: Redis may not know a member yet that has read nothing. */
    List<Member> live(String group) {
        List<Member> live = live(redis.execute(operation, StreamCommands.consumersInfo(topic, group)));
        String holder = LeaseCommands.consumerOf(leaseToken(group));
        if (!holder.isEmpty() && live.stream().noneMatch(member -> member.name().equals(holder))) {
            live.add(new Member(holder, Duration.ZERO));
        }
        return live;
    }

    /** The token of the lease; empty if nobody has it, or if the user may not read it. */
    private String leaseToken(String group) {
        try {
            byte @Nullable [] token = redis.execute(operation, LeaseCommands.holder(topic, group));
            return text(token);
        } catch (TransportException e) {
            if (RedisExceptionTranslator.serverError(e).startsWith("NOPERM")) {
                return "";
            }
            throw e;
        }
    }

    /** The names of all members in a reply of {@code XINFO CONSUMERS}. */
    static List<String> names(List<Object> consumersInfo) {
        return consumersInfo.stream()
                .map(each -> text(RedisCommand.fields((List<?>) each).get("name")))
                .toList();
    }

    /** The live members in a reply of {@code XINFO CONSUMERS}. */
    static List<Member> live(List<Object> consumersInfo) {
        List<Member> live = new ArrayList<>();
        for (Object each : consumersInfo) {
            Map<String, Object> consumer = RedisCommand.fields((List<?>) each);
            if (consumer.get("idle") instanceof Long idle && idle < LIVE_WINDOW.toMillis()) {
                live.add(new Member(text(consumer.get("name")), Duration.ofMillis(idle)));
            }
        }
        return live;
    }

    List<String> liveNames(String group) {
        return live(group).stream().map(Member::name).toList();
    }

    /** The counted lag, or that of Redis if there are too many entries to count. */
    private OptionalLong lag(String group, GroupSnapshot snapshot) {
        OptionalLong counted = entriesAfter(snapshot.delivered(), snapshot);
        return counted.isPresent() ? counted : lagInRedis(group);
    }

    /**
     * The number of entries after an id; empty if there are too many to count. They are counted, because the lag that Redis returns
     * is unknown after entries were deleted or the group was moved, and too large after the group read on behind a gap.
     */
    OptionalLong entriesAfter(StreamId id, GroupSnapshot snapshot) {
        StreamId first = snapshot.first();
        if (first == null || !id.isBefore(snapshot.last())) {
            return OptionalLong.of(0);
        }
        if (id.isBefore(first)) {
            return OptionalLong.of(snapshot.length());
        }
        return countEntries(redis, operation, topic, id.toString(), "+", MAX_COUNTED);
    }

    /**
     * Counts the entries of a stream after an id, up to and including another ({@code +} for the last), without reading their
     * data; empty if there are more than the maximum.
     */
    static OptionalLong countEntries(
            RedisCommandExecutor redis, String operation, String topic, String after, String upTo, long max) {
        long count = 0;
        @Nullable String from = after;
        while (from != null && count < max) {
            ReadBudget idsOnly = new ReadBudget(0);
            redis.execute(
                    operation,
                    StreamCommands.entries(topic, "(" + from, upTo, COUNT_PAGE, EntryOutput.of(topic, idsOnly)));
            count += idsOnly.skipped();
            @Nullable StreamId last = idsOnly.lastSkipped(topic);
            from = idsOnly.skipped() < COUNT_PAGE || last == null ? null : last.toString();
        }
        return from == null ? OptionalLong.of(count) : OptionalLong.empty();
    }

    private OptionalLong lagInRedis(String group) {
        for (Object each : groupsInfo) {
            Map<String, Object> fields = RedisCommand.fields((List<?>) each);
            if (group.equals(text(fields.get("name"))) && fields.get("lag") instanceof Long lag) {
                return OptionalLong.of(lag);
            }
        }
        return OptionalLong.empty();
    }

    private Optional<StreamId> oldestUnfinished(GroupSnapshot snapshot, Pending pending) {
        if (pending.first() != null) {
            return Optional.of(pending.first());
        }
        return redis
                .execute(
                        operation,
                        StreamCommands.entries(topic, "(" + snapshot.delivered(), "+", 1, EntryOutput.of(topic)))
                .stream()
                .findFirst()
                .map(StreamId::of);
    }

    private static Duration age(StreamId id) {
        Duration age = Duration.between(
                Instant.ofEpochMilli(id.millis()), Clock.systemUTC().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
