package dev.carillon.bus.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of a topic: where it stands in each partition, and who reads. Guarded by the topic's monitor. */
final class MemoryGroup {

    /** Where a group stands in a partition, and which reader has it now. */
    static final class Position {
        int committed;
        int next;

        @Nullable
        Object owner;

        private Position(int start) {
            moveTo(start);
        }

        void moveTo(int number) {
            committed = number;
            next = number;
        }
    }

    private final List<Position> positions = new ArrayList<>();
    private final List<Object> readers = new ArrayList<>();

    /** Begins at these numbers, one a partition. */
    MemoryGroup(List<Integer> starts) {
        starts.forEach(start -> positions.add(new Position(start)));
    }

    Position position(int partition) {
        return positions.get(partition);
    }

    /** By their names. */
    List<Object> readers() {
        return readers;
    }

    List<String> readerNames() {
        return readers.stream().map(Object::toString).toList();
    }

    List<Integer> committed() {
        return positions.stream().map(position -> position.committed).toList();
    }

    /**
     * The readers share the partitions evenly. One that shall change hands is read no further by the old reader, and by the new
     * one when nothing of it is under way any more: so nobody gets a message twice.
     */
    boolean mayRead(int number, Object reader) {
        Position position = positions.get(number);
        if (readers.get(number % readers.size()) != reader) {
            return false;
        }
        if (position.owner != reader && position.next == position.committed) {
            position.owner = reader;
        }
        return position.owner == reader;
    }

    /** The reader leaves: another goes on where it committed last. */
    void leave(Object reader) {
        readers.remove(reader);
        for (Position position : positions) {
            if (position.owner == reader) {
                position.owner = null;
                position.next = position.committed;
            }
        }
    }
}
