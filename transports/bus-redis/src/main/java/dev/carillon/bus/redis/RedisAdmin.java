package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.events.internal.NearestNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Administration of topics and groups. Moving a group is {@code XGROUP SETID}; it also acknowledges what is pending, because
 * that would be delivered again in addition to what follows the new position, which no other broker does.
 */
final class RedisAdmin implements TransportAdmin {

    private final RedisCommandExecutor redis;
    private final long maxLen;

    RedisAdmin(RedisConnector connector, long maxLen) {
        this.redis = new RedisCommandExecutor(connector);
        this.maxLen = maxLen;
    }

    @Override
    public List<String> topics(String prefix) {
        TreeSet<String> topics = new TreeSet<>();
        String cursor = "0";
        do {
            List<Object> reply = redis.execute("list streams", StreamCommands.streams(cursor, prefix));
            cursor = text(reply.get(0));
            ((List<?>) reply.get(1)).forEach(name -> topics.add(text(name)));
        } while (!cursor.equals("0"));
        return List.copyOf(topics);
    }

    @Override
    public List<GroupState> groups(Collection<String> fullTopics) {
        List<GroupState> states = new ArrayList<>();
        for (String topic : fullTopics) {
            GroupInspector groups = GroupInspector.inspect(redis, topic);
            if (groups != null) {
                states.addAll(groups.states());
            }
        }
        return states;
    }

    @Override
    public long length(String fullTopic) {
        return redis.execute("get the length of topic " + fullTopic, StreamCommands.length(fullTopic));
    }

    /** In a topic of stored messages, each entry is a stored message. */
    @Override
    public OptionalLong storedMessages(String fullTopic) {
        return OptionalLong.of(length(fullTopic));
    }

    @Override
    public GroupMove plan(String fullTopic, String group, StartAt to) {
        GroupInspector groups = existing(fullTopic);
        GroupSnapshot snapshot = existing(groups, fullTopic, group);
        StreamId target = target(to, snapshot);
        OptionalLong lagNow = groups.entriesAfter(snapshot.delivered(), snapshot);
        OptionalLong lagThen = groups.entriesAfter(target, snapshot);
        boolean known = lagNow.isPresent() && lagThen.isPresent();
        return new GroupMove(
                fullTopic,
                group,
                snapshot.delivered().toString(),
                target.toString(),
                known ? OptionalLong.of(Math.max(0, lagThen.getAsLong() - lagNow.getAsLong())) : OptionalLong.empty(),
                known ? OptionalLong.of(Math.max(0, lagNow.getAsLong() - lagThen.getAsLong())) : OptionalLong.empty(),
                groups.pending(group).count(),
                groups.liveNames(group));
    }

    @Override
    public void move(String fullTopic, String group, StartAt to, boolean force) {
        GroupInspector groups = existing(fullTopic);
        StreamId target = target(to, existing(groups, fullTopic, group));
        List<GroupInspector.Member> live = groups.live(group);
        if (!live.isEmpty() && !force) {
            throw new IllegalStateException("Cannot move group " + group + " of topic " + fullTopic
                    + ": it has live members, "
                    + live.stream()
                            .map(each ->
                                    each.name() + " (last active " + each.idle().toSeconds() + " s ago)")
                            .collect(Collectors.joining(", "))
                    + "; stop them and wait " + GroupInspector.LIVE_WINDOW.toSeconds()
                    + " s, or force the move if they have certainly stopped or are to continue at the new position");
        }
        redis.execute(
                "move group " + group + " of topic " + fullTopic,
                StreamCommands.moveGroup(fullTopic, group, target.toString()));
    }

    /** At most the end of the topic: entries up to a position after the end would never be delivered. */
    private static StreamId target(StartAt to, GroupSnapshot snapshot) {
        String start = SourceOptions.start(to);
        StreamId requested = start.equals(SourceOptions.END) ? snapshot.last() : StreamId.parse(start);
        return snapshot.last().isBefore(requested) ? snapshot.last() : requested;
    }

    private GroupInspector existing(String topic) {
        GroupInspector groups = GroupInspector.inspect(redis, topic);
        if (groups == null) {
            throw new IllegalArgumentException(
                    "There is no topic '" + topic + "'" + NearestNames.question(topic, topics("")));
        }
        return groups;
    }

    private static GroupSnapshot existing(GroupInspector groups, String topic, String group) {
        @Nullable GroupSnapshot snapshot = groups.snapshot(group);
        if (snapshot == null) {
            throw new IllegalArgumentException(
                    "Topic " + topic + " has no group '" + group + "'" + NearestNames.question(group, groups.groups()));
        }
        return snapshot;
    }

    @Override
    public List<Diagnostic> check(CheckSpec spec) {
        return new RedisChecks(redis, maxLen, this).check(spec);
    }

    @Override
    public void close() {
        redis.close();
    }
}
