package dev.carillon.bus.memory;

import dev.carillon.bus.memory.MemoryBroker.Schemas;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.internal.NearestNames;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A topic: partitions of messages in order, and the groups that read them. Guarded by its monitor. */
final class MemoryTopic {

    private record Stored(IncomingMessage message, Instant arrived) {}

    private final String name;
    private final List<List<Stored>> partitions = new ArrayList<>();
    private final Map<String, MemoryGroup> groups = new TreeMap<>();
    private final Schemas schemas;
    private int roundRobin;

    MemoryTopic(String name, int partitions, Schemas schemas) {
        this.name = name;
        this.schemas = schemas;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    synchronized MemoryPosition append(OutgoingMessage message) {
        byte @Nullable [] key =
                message.key() == null ? null : message.key().value().toString().getBytes(StandardCharsets.UTF_8);
        schemas.keep(message);
        return append(new RawMessage(message.headersWithFingerprint(), key, message.data()));
    }

    synchronized MemoryPosition append(RawMessage message) {
        byte @Nullable [] key = message.key();
        int number =
                key == null ? roundRobin++ % partitions.size() : Math.floorMod(Arrays.hashCode(key), partitions.size());
        List<Stored> partition = partitions.get(number);
        MemoryPosition position = new MemoryPosition(number, partition.size());
        IncomingMessage incoming =
                new IncomingMessage(name, number, position, message.headers(), key, message.value(), 0, null, null);
        partition.add(new Stored(schemas.resolve(incoming), Clock.systemUTC().instant()));
        return position;
    }

    /** The messages from this start position on, partition by partition. */
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

    /** Adds the reader to the group, which is created if it does not exist. */
    synchronized void join(String name, StartAt startAt, Object reader) {
        groups.computeIfAbsent(name, absent -> new MemoryGroup(starts(startAt)))
                .readers()
                .add(reader);
    }

    private List<Integer> starts(StartAt startAt) {
        return IntStream.range(0, partitions.size())
                .mapToObj(number -> start(number, startAt))
                .toList();
    }

    private int start(int number, StartAt startAt) {
        List<Stored> partition = partitions.get(number);
        if (startAt instanceof StartAt.After after) {
            return after(number, MemoryPosition.parse(after.position()));
        }
        if (startAt instanceof StartAt.Time time) {
            return (int) partition.stream()
                    .filter(stored -> stored.arrived().isBefore(time.time()))
                    .count();
        }
        return startAt == StartAt.earliest() ? 0 : partition.size();
    }

    /** Other partitions than that of the position are read from their beginning. */
    private static int after(int number, MemoryPosition position) {
        return position.partition() == number ? position.number() + 1 : 0;
    }

    /** Returns the next messages of the partitions that are assigned to this reader. */
    synchronized List<IncomingMessage> read(String name, Object reader, int max, long maxBytes) {
        List<IncomingMessage> messages = new ArrayList<>();
        long bytes = 0;
        MemoryGroup group = group(name);
        for (int number = 0; number < partitions.size(); number++) {
            MemoryGroup.Cursor cursor = group.cursor(number);
            List<Stored> partition = partitions.get(number);
            while (group.mayRead(number, reader)
                    && cursor.next < partition.size()
                    && messages.size() < max
                    && bytes < maxBytes) {
                IncomingMessage message = partition.get(cursor.next++).message();
                messages.add(message);
                bytes += message.data().length;
            }
        }
        return messages;
    }

    /** Returns the messages at these positions. */
    synchronized List<IncomingMessage> at(List<Position> positions) {
        return positions.stream()
                .map(MemoryPosition.class::cast)
                .map(position -> partitions
                        .get(position.partition())
                        .get(position.number())
                        .message())
                .toList();
    }

    /** Commits a position; returns whether another reader may be waiting for it. */
    synchronized boolean commit(String name, IncomingMessage upTo) {
        MemoryGroup group = group(name);
        MemoryGroup.Cursor cursor = group.cursor(upTo.partition());
        cursor.committed = Math.max(cursor.committed, MemoryPosition.of(upTo).number() + 1);
        return group.readers().size() > 1;
    }

    /** Removes the reader: another one continues at its last committed position. */
    synchronized void leave(String name, Object reader) {
        group(name).leave(reader);
    }

    synchronized long length() {
        return partitions.stream().mapToLong(List::size).sum();
    }

    synchronized List<GroupState> groupStates() {
        return groups.entrySet().stream()
                .map(entry -> state(entry.getKey(), entry.getValue()))
                .toList();
    }

    private GroupState state(String name, MemoryGroup group) {
        List<Integer> committed = group.committed();
        Optional<Instant> oldest = Optional.empty();
        long lag = 0;
        for (int number = 0; number < partitions.size(); number++) {
            List<Stored> left = partitions
                    .get(number)
                    .subList(committed.get(number), partitions.get(number).size());
            lag += left.size();
            oldest = Stream.concat(oldest.stream(), left.stream().limit(1).map(Stored::arrived))
                    .min(Comparator.naturalOrder());
        }
        return new GroupState(
                this.name,
                name,
                group.readerNames(),
                OptionalLong.of(lag),
                oldest.map(time -> Duration.between(time, Clock.systemUTC().instant())),
                OptionalLong.empty(),
                described(committed),
                length());
    }

    private static String described(List<Integer> positions) {
        return IntStream.range(0, positions.size())
                .mapToObj(number -> number + ":" + (positions.get(number) == 0 ? "-" : positions.get(number) - 1))
                .collect(Collectors.joining(" "));
    }

    /** Throws an {@link IllegalArgumentException} when there is no such group, or no such position. */
    synchronized GroupMove plan(String name, StartAt to) {
        MemoryGroup group = existing(name);
        List<Integer> from = group.committed();
        List<Integer> target = targets(group, to);
        long again = 0;
        long skipped = 0;
        for (int number = 0; number < from.size(); number++) {
            again += Math.max(0, from.get(number) - target.get(number));
            skipped += Math.max(0, target.get(number) - from.get(number));
        }
        return new GroupMove(
                this.name,
                name,
                described(from),
                described(target),
                OptionalLong.of(again),
                OptionalLong.of(skipped),
                0,
                group.readerNames());
    }

    /** Throws an {@link IllegalStateException} while the group has readers. */
    synchronized void move(String name, StartAt to) {
        MemoryGroup group = existing(name);
        if (!group.readers().isEmpty()) {
            throw new IllegalStateException("Cannot move group " + name + " of topic " + this.name
                    + ": it has active members, " + String.join(", ", group.readerNames())
                    + "; close them first (the memory transport cannot force the move)");
        }
        List<Integer> target = targets(group, to);
        for (int number = 0; number < target.size(); number++) {
            group.cursor(number).moveTo(target.get(number));
        }
    }

    private List<Integer> targets(MemoryGroup group, StartAt to) {
        if (to instanceof StartAt.After after) {
            List<Integer> targets = new ArrayList<>(group.committed());
            MemoryPosition position = MemoryPosition.parse(after.position());
            if (position.partition() >= targets.size()
                    || position.number() >= partitions.get(position.partition()).size()) {
                throw new IllegalArgumentException("Topic " + name + " has no message at " + after.position());
            }
            targets.set(position.partition(), position.number() + 1);
            return targets;
        }
        return starts(to);
    }

    private MemoryGroup existing(String name) {
        MemoryGroup group = groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException("Topic " + this.name + " has no group '" + name + "'"
                    + NearestNames.question(name, groups.keySet()));
        }
        return group;
    }

    private MemoryGroup group(String name) {
        MemoryGroup group = groups.get(name);
        if (group == null) {
            throw new IllegalStateException("Group " + name + " of topic " + this.name + " has no members");
        }
        return group;
    }

    /** A group of a topic: its position in each partition, and its readers. Guarded by the topic's monitor. */
    static final class MemoryGroup {

        /** The position of a group in a partition, and the reader that owns the partition now. */
        static final class Cursor {
            int committed;
            int next;

            @Nullable
            Object owner;

            private Cursor(int start) {
                moveTo(start);
            }

            void moveTo(int number) {
                committed = number;
                next = number;
            }
        }

        private final List<Cursor> cursors = new ArrayList<>();
        private final List<Object> readers = new ArrayList<>();

        /** Starts at these offsets, one per partition. */
        MemoryGroup(List<Integer> starts) {
            starts.forEach(start -> cursors.add(new Cursor(start)));
        }

        Cursor cursor(int partition) {
            return cursors.get(partition);
        }

        /** The readers; their {@code toString} is their name. */
        List<Object> readers() {
            return readers;
        }

        List<String> readerNames() {
            return readers.stream().map(Object::toString).toList();
        }

        List<Integer> committed() {
            return cursors.stream().map(cursor -> cursor.committed).toList();
        }

        /**
         * The readers share the partitions evenly. When a partition is reassigned, the old reader stops reading it, and the new
         * reader starts when none of its messages are in flight: so no message is delivered twice.
         */
        boolean mayRead(int number, Object reader) {
            Cursor cursor = cursors.get(number);
            if (readers.get(number % readers.size()) != reader) {
                return false;
            }
            if (cursor.owner != reader && cursor.next == cursor.committed) {
                cursor.owner = reader;
            }
            return cursor.owner == reader;
        }

        /** Removes the reader: another one continues at its last committed position. */
        void leave(Object reader) {
            readers.remove(reader);
            for (Cursor cursor : cursors) {
                if (cursor.owner == reader) {
                    cursor.owner = null;
                    cursor.next = cursor.committed;
                }
            }
        }
    }
}
