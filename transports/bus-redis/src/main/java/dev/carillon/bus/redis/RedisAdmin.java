package dev.carillon.bus.redis;

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
 * What operators ask of Redis. Moving a group is {@code XGROUP SETID}, and acknowledges what is pending: it would come again
 * beside what the move brings, and on no other broker.
 */
final class RedisAdmin implements TransportAdmin {

    private final RedisLink link;
    private final long maxLen;

    RedisAdmin(RedisConnector connector, long maxLen) {
        this.link = new RedisLink(connector);
        this.maxLen = maxLen;
    }

    @Override
    public List<String> topics(String beginning) {
        TreeSet<String> topics = new TreeSet<>();
        String cursor = "0";
        do {
            List<Object> answer = link.ask("list its streams", AdminCommands.streams(cursor, beginning));
            cursor = GroupView.text(answer.get(0));
            ((List<?>) answer.get(1)).forEach(name -> topics.add(GroupView.text(name)));
        } while (!cursor.equals("0"));
        return List.copyOf(topics);
    }

    @Override
    public List<GroupState> groups(Collection<String> fullTopics) {
        List<GroupState> states = new ArrayList<>();
        for (String topic : fullTopics) {
            GroupLook look = GroupLook.at(link, topic);
            if (look != null) {
                states.addAll(look.states());
            }
        }
        return states;
    }

    @Override
    public long length(String fullTopic) {
        return link.ask("tell the length of topic " + fullTopic, AdminCommands.length(fullTopic));
    }

    /** A stream that messages are kept in has one entry for each. */
    @Override
    public OptionalLong kept(String fullTopic) {
        return OptionalLong.of(length(fullTopic));
    }

    @Override
    public GroupMove plan(String fullTopic, String group, StartAt to) {
        GroupLook look = existing(fullTopic);
        GroupView view = view(look, fullTopic, group);
        StreamId target = target(to, view);
        OptionalLong now = look.behind(view.delivered(), view);
        OptionalLong then = look.behind(target, view);
        boolean known = now.isPresent() && then.isPresent();
        return new GroupMove(
                fullTopic,
                group,
                view.delivered().toString(),
                target.toString(),
                known ? OptionalLong.of(Math.max(0, then.getAsLong() - now.getAsLong())) : OptionalLong.empty(),
                known ? OptionalLong.of(Math.max(0, now.getAsLong() - then.getAsLong())) : OptionalLong.empty(),
                look.pending(group).count(),
                look.members(group));
    }

    @Override
    public void move(String fullTopic, String group, StartAt to, boolean force) {
        GroupLook look = existing(fullTopic);
        StreamId target = target(to, view(look, fullTopic, group));
        List<GroupLook.Member> alive = look.alive(group);
        if (!alive.isEmpty() && !force) {
            throw new IllegalStateException("Cannot move group " + group + " of topic " + fullTopic
                    + ": it has members, "
                    + alive.stream()
                            .map(each ->
                                    each.name() + " (last sign " + each.idle().toSeconds() + " s ago)")
                            .collect(Collectors.joining(", "))
                    + "; stop them and wait " + GroupLook.ALIVE.toSeconds()
                    + " s, or force it when they are surely stopped, or shall go on from there");
        }
        link.ask(
                "move group " + group + " of topic " + fullTopic,
                AdminCommands.move(fullTopic, group, target.toString()));
    }

    /** At most the topic's end: a group that stands behind it never gets what comes up to there. */
    private static StreamId target(StartAt to, GroupView view) {
        String start = SourceOptions.start(to);
        StreamId asked = start.equals(SourceOptions.END) ? view.last() : StreamId.parse(start);
        return view.last().isBefore(asked) ? view.last() : asked;
    }

    private GroupLook existing(String topic) {
        GroupLook look = GroupLook.at(link, topic);
        if (look == null) {
            throw new IllegalArgumentException(
                    "There is no topic '" + topic + "'" + NearestNames.question(topic, topics("")));
        }
        return look;
    }

    private static GroupView view(GroupLook look, String topic, String group) {
        @Nullable GroupView view = look.view(group);
        if (view == null) {
            throw new IllegalArgumentException(
                    "Topic " + topic + " has no group '" + group + "'" + NearestNames.question(group, look.groups()));
        }
        return view;
    }

    @Override
    public List<Diagnostic> check(CheckSpec spec) {
        return new RedisChecks(link, maxLen, this).check(spec);
    }

    @Override
    public void close() {
        link.close();
    }
}
