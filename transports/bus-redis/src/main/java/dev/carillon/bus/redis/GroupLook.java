package dev.carillon.bus.redis;

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

/** One look at the groups of a topic. */
final class GroupLook {

    /**
     * How long after its last sign a member still counts as alive: the Python consumer waits a minute for messages, and gives no
     * sign meanwhile.
     */
    static final Duration ALIVE = Duration.ofSeconds(65);

    private static final int MOST_COUNTED = 10_000;

    private final RedisLink link;
    private final String topic;
    private final String asked;
    private final List<Object> streamInfo;
    private final List<Object> groupsInfo;

    private GroupLook(RedisLink link, String topic, String asked, List<Object> streamInfo, List<Object> groupsInfo) {
        this.link = link;
        this.topic = topic;
        this.asked = asked;
        this.streamInfo = streamInfo;
        this.groupsInfo = groupsInfo;
    }

    /** Null when there is no such topic. */
    static @Nullable GroupLook at(RedisLink link, String topic) {
        String asked = "tell the state of the groups of topic " + topic;
        try {
            List<List<Object>> answers =
                    link.askAll(asked, List.of(AdminCommands.streamInfo(topic), AdminCommands.groupsInfo(topic)));
            return new GroupLook(link, topic, asked, answers.get(0), answers.get(1));
        } catch (GroupGoneException e) {
            return null;
        }
    }

    List<String> groups() {
        return groupsInfo.stream()
                .map(each -> GroupView.text(GroupView.fields((List<?>) each).get("name")))
                .sorted()
                .toList();
    }

    @Nullable
    GroupView view(String group) {
        return GroupView.of(streamInfo, groupsInfo, group);
    }

    List<GroupState> states() {
        List<GroupState> states = new ArrayList<>();
        for (String group : groups()) {
            GroupView view = view(group);
            if (view != null) {
                states.add(state(group, view));
            }
        }
        return states;
    }

    private GroupState state(String group, GroupView view) {
        Pending pending = pending(group);
        return new GroupState(
                topic,
                group,
                members(group),
                lag(group, view),
                oldest(view, pending).map(GroupLook::age),
                OptionalLong.of(pending.count()),
                view.delivered().toString(),
                view.length());
    }

    /**
     * What was given and not acknowledged.
     *
     * @param first the oldest; null when there is none
     */
    record Pending(long count, @Nullable StreamId first) {}

    Pending pending(String group) {
        List<Object> answer = link.ask(asked, AdminCommands.pending(topic, group));
        long count = answer.get(0) instanceof Long number ? number : 0;
        return new Pending(count, count == 0 ? null : StreamId.parse(GroupView.text(answer.get(1))));
    }

    /** A member, and how long ago it gave its last sign. */
    record Member(String name, Duration idle) {}

    /** The members that gave a sign of late, and the one that has the lease: Redis may know nothing yet of one that only waits. */
    List<Member> alive(String group) {
        List<Member> alive = alive(link.ask(asked, AdminCommands.consumersInfo(topic, group)));
        String holder = LeaseCommands.consumerOf(leaseOf(group));
        if (!holder.isEmpty()
                && alive.stream().noneMatch(member -> member.name().equals(holder))) {
            alive.add(new Member(holder, Duration.ZERO));
        }
        return alive;
    }

    /** Empty where nobody has it, or where Redis does not let us see it. */
    private String leaseOf(String group) {
        try {
            byte @Nullable [] token = link.ask(asked, AdminCommands.value(LeaseCommands.leaseKey(topic, group)));
            return GroupView.text(token);
        } catch (TransportException e) {
            if (RedisFailure.answered(e).startsWith("NOPERM")) {
                return "";
            }
            throw e;
        }
    }

    /** All members of {@code XINFO CONSUMERS}. */
    static List<String> names(List<Object> consumersInfo) {
        return consumersInfo.stream()
                .map(each -> GroupView.text(GroupView.fields((List<?>) each).get("name")))
                .toList();
    }

    /** Those members of {@code XINFO CONSUMERS} that gave a sign of late. */
    static List<Member> alive(List<Object> consumersInfo) {
        List<Member> alive = new ArrayList<>();
        for (Object each : consumersInfo) {
            Map<String, Object> consumer = GroupView.fields((List<?>) each);
            if (consumer.get("idle") instanceof Long idle && idle < ALIVE.toMillis()) {
                alive.add(new Member(GroupView.text(consumer.get("name")), Duration.ofMillis(idle)));
            }
        }
        return alive;
    }

    /** The names of those that are alive. */
    List<String> members(String group) {
        return alive(group).stream().map(Member::name).toList();
    }

    private OptionalLong lag(String group, GroupView view) {
        OptionalLong counted = behind(view.delivered(), view);
        return counted.isPresent() ? counted : told(group);
    }

    /**
     * How many entries stand behind an id; empty when they are too many to be counted. They are counted, because what Redis tells
     * of a group is nothing after entries were deleted or the group was moved, and too much after it read on behind a gap.
     */
    OptionalLong behind(StreamId id, GroupView view) {
        StreamId first = view.first();
        if (first == null || !id.isBefore(view.last())) {
            return OptionalLong.of(0);
        }
        if (id.isBefore(first)) {
            return OptionalLong.of(view.length());
        }
        return EntryCount.between(link, asked, topic, id.toString(), "+", MOST_COUNTED);
    }

    private OptionalLong told(String group) {
        for (Object each : groupsInfo) {
            Map<String, Object> fields = GroupView.fields((List<?>) each);
            if (group.equals(GroupView.text(fields.get("name"))) && fields.get("lag") instanceof Long lag) {
                return OptionalLong.of(lag);
            }
        }
        return OptionalLong.empty();
    }

    private Optional<StreamId> oldest(GroupView view, Pending pending) {
        if (pending.first() != null) {
            return Optional.of(pending.first());
        }
        return link
                .ask(asked, AdminCommands.entriesAfter(topic, view.delivered().toString(), 1))
                .stream()
                .findFirst()
                .map(entry -> StreamId.parse(entry.position()));
    }

    private static Duration age(StreamId id) {
        Duration age = Duration.between(
                Instant.ofEpochMilli(id.millis()), Clock.systemUTC().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
