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

/** Moves a group in one topic. Kafka lets nobody do that while the group has members, whatever topics they read. */
final class GroupMover {

    /** Members that were put out come again at once; one of so many attempts is before them, or they are too many. */
    private static final int ATTEMPTS = 5;

    private final AdminLink link;
    private final String topic;
    private final String group;
    private final List<String> members;
    private final GroupStanding standing;
    private final Map<TopicPartition, OffsetAndMetadata> marks;

    /** Throws an {@link IllegalArgumentException} when there is no such position. */
    GroupMover(AdminLink link, KafkaLook look, String topic, String group, StartAt to) {
        this.link = link;
        this.topic = topic;
        this.group = group;
        this.members = look.members(group);
        this.standing = look.standing(topic, group);
        this.marks = to instanceof StartAt.After after
                ? behind(Position.parse(after.position()))
                : new TopicOffsets(link).marks(standing.ends().keySet(), to);
    }

    private Map<TopicPartition, OffsetAndMetadata> behind(Position position) {
        TopicPartition partition = new TopicPartition(topic, position.partition());
        Long end = standing.ends().get(partition);
        if (end == null || position.offset() >= end) {
            throw new IllegalArgumentException("Topic " + topic + " has nothing at " + position
                    + " yet; it ends behind " + GroupStanding.describe(standing.ends(), standing.ends()));
        }
        long next = Math.max(position.offset() + 1, standing.begins().getOrDefault(partition, 0L));
        return Map.of(partition, standing.birth().orElse(GroupBirth.ofOld()).mark(next));
    }

    GroupMove plan() {
        Map<TopicPartition, Long> target = new HashMap<>(standing.next());
        marks.forEach((partition, mark) -> target.put(partition, mark.offset()));
        long again = 0;
        long passedOver = 0;
        boolean known = true;
        for (TopicPartition partition : marks.keySet()) {
            Long from = standing.next().get(partition);
            known &= from != null;
            long next = Math.max(from == null ? 0 : from, standing.begins().getOrDefault(partition, 0L));
            again += Math.max(0, next - target.getOrDefault(partition, next));
            passedOver += Math.max(0, target.getOrDefault(partition, next) - next);
        }
        return new GroupMove(
                topic,
                group,
                standing.described(),
                GroupStanding.describe(target, standing.ends()),
                known ? OptionalLong.of(again) : OptionalLong.empty(),
                known ? OptionalLong.of(passedOver) : OptionalLong.empty(),
                0,
                members);
    }

    void move(boolean force) {
        boolean moved = members.isEmpty() && isMoved();
        for (int attempt = 0; force && !moved && attempt < ATTEMPTS; attempt++) {
            putOut();
            moved = isMoved();
        }
        if (!moved) {
            throw refused(
                    force
                            ? "; Kafka moves no group that has members, and these come again too fast: stop them"
                            : "; stop them first, or force it: then they are put out, and come again at the new position");
        }
    }

    private IllegalStateException refused(String wayOut) {
        return new IllegalStateException("Cannot move group " + group + " of topic " + topic + ": it has members"
                + (members.isEmpty() ? "" : ", " + String.join(", ", members)) + wayOut);
    }

    private boolean isMoved() {
        try {
            link.ask(
                    "move group " + group + " of topic " + topic,
                    admin -> admin.alterConsumerGroupOffsets(group, marks).all());
            return true;
        } catch (TransportException e) {
            if (e.getCause() instanceof UnknownMemberIdException) {
                return false;
            }
            throw e;
        }
    }

    private void putOut() {
        link.ask("put out the members of group " + group, admin -> {
            RemoveMembersFromConsumerGroupOptions all = new RemoveMembersFromConsumerGroupOptions();
            all.reason("the group is moved");
            return admin.removeMembersFromConsumerGroup(group, all).all();
        });
    }
}
