package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Resets the offsets of a group in one topic. Kafka rejects that while the group has members, whatever topics they read. */
final class GroupOffsetResetter {

    /** Removed members rejoin at once, so an attempt may come too late. */
    private static final int MAX_ATTEMPTS = 5;

    private final AdminConnection connection;
    private final String topic;
    private final String group;
    private final List<String> members;
    private final GroupLag lag;
    private final Map<TopicPartition, OffsetAndMetadata> commits;

    /** Throws an {@link IllegalArgumentException} if there is no such position. */
    GroupOffsetResetter(AdminConnection connection, ClusterSnapshot snapshot, String topic, String group, StartAt to) {
        this.connection = connection;
        this.topic = topic;
        this.group = group;
        this.members = snapshot.members(group);
        this.lag = snapshot.lag(topic, group);
        this.commits = to instanceof StartAt.After after
                ? after(RecordPosition.parse(after.position()))
                : new TopicOffsets(connection).commitsAt(lag.ends().keySet(), to);
    }

    private Map<TopicPartition, OffsetAndMetadata> after(RecordPosition position) {
        TopicPartition partition = new TopicPartition(topic, position.partition());
        Long end = lag.ends().get(partition);
        if (end == null || position.offset() >= end) {
            throw new IllegalArgumentException("Topic " + topic + " has no message at " + position
                    + " yet; its last messages are " + GroupLag.positions(lag.ends(), lag.ends()));
        }
        long next = Math.max(position.offset() + 1, lag.beginnings().getOrDefault(partition, 0L));
        return Map.of(
                partition,
                lag.metadata().orElse(CommitMetadata.sinceBeginning()).commitFor(next));
    }

    GroupMove plan() {
        Map<TopicPartition, Long> target = new HashMap<>(lag.next());
        commits.forEach((partition, commit) -> target.put(partition, commit.offset()));
        long redelivered = 0;
        long skipped = 0;
        boolean known = true;
        for (TopicPartition partition : commits.keySet()) {
            Long from = lag.next().get(partition);
            known &= from != null;
            long next = Math.max(from == null ? 0 : from, lag.beginnings().getOrDefault(partition, 0L));
            redelivered += Math.max(0, next - target.getOrDefault(partition, next));
            skipped += Math.max(0, target.getOrDefault(partition, next) - next);
        }
        return new GroupMove(
                topic,
                group,
                lag.positions(),
                GroupLag.positions(target, lag.ends()),
                known ? OptionalLong.of(redelivered) : OptionalLong.empty(),
                known ? OptionalLong.of(skipped) : OptionalLong.empty(),
                0,
                members);
    }

    /** Throws an {@link IllegalStateException} if the group has active members. */
    void reset(boolean force) {
        boolean moved = members.isEmpty() && tryReset();
        for (int attempt = 0; force && !moved && attempt < MAX_ATTEMPTS; attempt++) {
            removeMembers();
            moved = tryReset();
        }
        if (!moved) {
            throw activeMembers(
                    force
                            ? "; they were removed, but rejoined too fast: stop them"
                            : "; stop them first, or force the move: they are then removed, and rejoin at the new position");
        }
    }

    private IllegalStateException activeMembers(String hint) {
        return new IllegalStateException("Cannot move group " + group + " of topic " + topic + ": it has members"
                + (members.isEmpty() ? "" : ", " + String.join(", ", members)) + hint);
    }

    private boolean tryReset() {
        try {
            connection.call(
                    "move group " + group + " of topic " + topic,
                    admin -> admin.alterConsumerGroupOffsets(group, commits).all());
            return true;
        } catch (TransportException e) {
            if (e.getCause() instanceof UnknownMemberIdException) {
                return false;
            }
            throw e;
        }
    }

    private void removeMembers() {
        connection.call("remove the members of group " + group, admin -> {
            RemoveMembersFromConsumerGroupOptions allMembers = new RemoveMembersFromConsumerGroupOptions();
            allMembers.reason("the group is moved");
            return admin.removeMembersFromConsumerGroup(group, allMembers).all();
        });
    }
}
