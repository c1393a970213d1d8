package dev.carillon.bus.memory;

import dev.carillon.bus.StartAt;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A topic: partitions of messages in order, and the groups that read them. Guarded by its monitor. */
final class MemoryTopic {

    /** Where a group stands in a partition, and which source reads it for the group now. */
    private static final class GroupPosition {
        private int committed;
        private int next;
        private @Nullable Object owner;
    }

    private record Stored(IncomingMessage message, Instant arrived) {}

    private final String name;
    private final List<List<Stored>> partitions = new ArrayList<>();
    private final Map<String, List<GroupPosition>> groups = new HashMap<>();
    private int roundRobin;

    MemoryTopic(String name, int partitions) {
        this.name = name;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    synchronized String append(OutgoingMessage message) {
        byte @Nullable [] key =
                message.key() == null ? null : message.key().value().toString().getBytes(StandardCharsets.UTF_8);
        int number = message.key() == null
                ? roundRobin++ % partitions.size()
                : Math.floorMod(message.key().value().hashCode(), partitions.size());
        List<Stored> partition = partitions.get(number);
        String position = number + ":" + partition.size();
        partition.add(new Stored(
                new IncomingMessage(name, number, position, message.headers(), key, message.data(), null, null),
                Clock.systemUTC().instant()));
        return position;
    }

    /** Makes the group where there is none. */
    synchronized void join(String group, StartAt startAt) {
        groups.computeIfAbsent(group, absent -> {
            List<GroupPosition> positions = new ArrayList<>();
            for (int number = 0; number < partitions.size(); number++) {
                GroupPosition position = new GroupPosition();
                position.committed = start(number, startAt);
                position.next = position.committed;
                positions.add(position);
            }
            return positions;
        });
    }

    private int start(int number, StartAt startAt) {
        List<Stored> partition = partitions.get(number);
        if (startAt instanceof StartAt.After after) {
            String[] parts = after.position().split(":", 2);
            return parts[0].equals(String.valueOf(number)) ? Integer.parseInt(parts[1]) + 1 : 0;
        }
        if (startAt instanceof StartAt.Time time) {
            return (int) partition.stream()
                    .filter(stored -> stored.arrived().isBefore(time.time()))
                    .count();
        }
        return startAt == StartAt.earliest() ? 0 : partition.size();
    }

    /** The next messages of the group's partitions that this reader owns, or that nobody does. */
    synchronized List<IncomingMessage> read(String group, Object reader, int max) {
        List<IncomingMessage> messages = new ArrayList<>();
        List<GroupPosition> positions = groups.getOrDefault(group, List.of());
        for (int number = 0; number < positions.size(); number++) {
            GroupPosition position = positions.get(number);
            List<Stored> partition = partitions.get(number);
            if (position.owner == null && position.next < partition.size()) {
                position.owner = reader;
            }
            while (position.owner == reader && position.next < partition.size() && messages.size() < max) {
                messages.add(partition.get(position.next++).message());
            }
        }
        return messages;
    }

    synchronized void commit(String group, IncomingMessage upTo) {
        GroupPosition position = groups.getOrDefault(group, List.of()).get(upTo.partition());
        int offset = Integer.parseInt(upTo.position().substring(upTo.position().indexOf(':') + 1));
        position.committed = Math.max(position.committed, offset + 1);
    }

    /** The reader leaves: another goes on where it committed last. */
    synchronized void leave(String group, Object reader) {
        for (GroupPosition position : groups.getOrDefault(group, List.of())) {
            if (position.owner == reader) {
                position.owner = null;
                position.next = position.committed;
            }
        }
    }
}
