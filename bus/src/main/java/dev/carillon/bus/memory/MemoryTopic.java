package dev.carillon.bus.memory;

import dev.carillon.bus.StartAt;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.OutgoingMessage;
import dev.carillon.bus.spi.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A topic: partitions of messages in order, and the groups that read them. Guarded by its monitor. */
final class MemoryTopic {

    /** Where a group stands in a partition, and which reader has it now. */
    private static final class GroupPosition {
        private int committed;
        private int next;
        private @Nullable Object owner;

        GroupPosition(int start) {
            committed = start;
            next = start;
        }
    }

    private static final class Group {
        private final List<GroupPosition> positions = new ArrayList<>();
        private final List<Object> readers = new ArrayList<>();
    }

    private record Stored(IncomingMessage message, Instant arrived) {}

    private static final Pattern POSITION = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    private final String name;
    private final List<List<Stored>> partitions = new ArrayList<>();
    private final Map<String, Group> groups = new HashMap<>();
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
        return append(new RawMessage(message.headers(), key, message.data()));
    }

    synchronized String append(RawMessage message) {
        byte @Nullable [] key = message.key();
        int number =
                key == null ? roundRobin++ % partitions.size() : Math.floorMod(Arrays.hashCode(key), partitions.size());
        List<Stored> partition = partitions.get(number);
        String position = number + ":" + partition.size();
        partition.add(new Stored(
                new IncomingMessage(name, number, position, message.headers(), key, message.value(), 0, null, null),
                Clock.systemUTC().instant()));
        return position;
    }

    /** What is there from this start on, partition by partition. */
    synchronized List<IncomingMessage> from(StartAt startAt) {
        List<IncomingMessage> messages = new ArrayList<>();
        for (int number = 0; number < partitions.size(); number++) {
            List<Stored> partition = partitions.get(number);
            partition
                    .subList(Math.min(start(number, startAt), partition.size()), partition.size())
                    .forEach(stored -> messages.add(stored.message()));
        }
        return messages;
    }

    /** The reader joins the group, which is made where there is none. */
    synchronized void join(String name, StartAt startAt, Object reader) {
        Group group = groups.get(name);
        if (group == null) {
            group = new Group();
            for (int number = 0; number < partitions.size(); number++) {
                group.positions.add(new GroupPosition(start(number, startAt)));
            }
            groups.put(name, group);
        }
        group.readers.add(reader);
    }

    private int start(int number, StartAt startAt) {
        List<Stored> partition = partitions.get(number);
        if (startAt instanceof StartAt.After after) {
            return after(number, after.position());
        }
        if (startAt instanceof StartAt.Time time) {
            return (int) partition.stream()
                    .filter(stored -> stored.arrived().isBefore(time.time()))
                    .count();
        }
        return startAt == StartAt.earliest() ? 0 : partition.size();
    }

    /** Other partitions than the position's are read from their beginning. */
    private static int after(int number, String position) {
        Matcher parts = POSITION.matcher(position);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "A position in a topic in memory is <partition>:<number>, such as 0:17, but this is '" + position
                            + "'");
        }
        return Integer.parseInt(parts.group(1)) == number ? Integer.parseInt(parts.group(2)) + 1 : 0;
    }

    /** The next messages of the partitions that are this reader's. */
    synchronized List<IncomingMessage> read(String name, Object reader, int max) {
        List<IncomingMessage> messages = new ArrayList<>();
        Group group = group(name);
        for (int number = 0; number < partitions.size(); number++) {
            GroupPosition position = group.positions.get(number);
            List<Stored> partition = partitions.get(number);
            while (mayRead(group, number, reader) && position.next < partition.size() && messages.size() < max) {
                messages.add(partition.get(position.next++).message());
            }
        }
        return messages;
    }

    /**
     * The readers share the partitions evenly. One that shall change hands is read no further by the old reader, and by the new
     * one when nothing of it is under way any more: so nobody gets a message twice.
     */
    private static boolean mayRead(Group group, int number, Object reader) {
        GroupPosition position = group.positions.get(number);
        if (group.readers.get(number % group.readers.size()) != reader) {
            return false;
        }
        if (position.owner != reader && position.next == position.committed) {
            position.owner = reader;
        }
        return position.owner == reader;
    }

    /** Answers whether another reader may wait for that. */
    synchronized boolean commit(String name, IncomingMessage upTo) {
        Group group = group(name);
        GroupPosition position = group.positions.get(upTo.partition());
        int offset = Integer.parseInt(upTo.position().substring(upTo.position().indexOf(':') + 1));
        position.committed = Math.max(position.committed, offset + 1);
        return group.readers.size() > 1;
    }

    /** The reader leaves: another goes on where it committed last. */
    synchronized void leave(String name, Object reader) {
        Group group = group(name);
        group.readers.remove(reader);
        for (GroupPosition position : group.positions) {
            if (position.owner == reader) {
                position.owner = null;
                position.next = position.committed;
            }
        }
    }

    private Group group(String name) {
        Group group = groups.get(name);
        if (group == null) {
            throw new IllegalStateException("Nobody joined group " + name + " of topic " + this.name);
        }
        return group;
    }
}
