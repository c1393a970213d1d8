package dev.carillon.bus;

import dev.carillon.bus.spi.AckMode;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.Partition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are held: bounds how many there are, and tells which can be acknowledged. Lanes call {@link #finished};
 * everything else is the polling thread's.
 */
final class InFlight {

    private static final ArrayDeque<Held> NOTHING = new ArrayDeque<>();

    private final AckMode mode;
    private final Thread owner = Thread.currentThread();
    private final Queue<Held> finished = new ConcurrentLinkedQueue<>();
    private final Map<Partition, ArrayDeque<Held>> inOrder = new HashMap<>();
    private final List<Held> acknowledgeable = new ArrayList<>();
    private final Map<Partition, IncomingMessage> newest = new HashMap<>();
    private long readNanos = System.nanoTime();
    private int messages;
    private long bytes;

    /** For the calling thread, which polls. */
    InFlight(AckMode mode) {
        this.mode = mode;
    }

    int messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    /** What is held from now on was read now. */
    void read() {
        readNanos = System.nanoTime();
    }

    Held hold(IncomingMessage message) {
        Held held = new Held(message, readNanos);
        messages++;
        bytes += held.bytes();
        if (mode == AckMode.UP_TO) {
            inOrder.computeIfAbsent(partitionOf(message), absent -> new ArrayDeque<>())
                    .add(held);
        }
        return held;
    }

    /** The message is finished with. Called by lanes, and by the polling thread for what needs no lane. */
    void finished(Held held) {
        held.finish();
        finished.add(held);
    }

    /** Ends {@link #awaitFinished} early. Called by lanes, behind a batch: to be woken by each message is dear. */
    void wake() {
        LockSupport.unpark(owner);
    }

    /** Waits until a lane has finished a batch, at most so long; at times shorter. */
    void awaitFinished(long nanos) {
        if (finished.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /**
     * The messages to acknowledge now: all finished ones, or, where that acknowledges all before it, the newest of each
     * partition behind which none is unfinished. They count as held until {@link #acknowledged()}.
     */
    List<IncomingMessage> acknowledgeable() {
        for (Held held = finished.poll(); held != null; held = finished.poll()) {
            if (mode == AckMode.EACH) {
                acknowledgeable.add(held);
            }
        }
        return mode == AckMode.EACH ? messagesOf(acknowledgeable) : newestOfEachPartition();
    }

    private List<IncomingMessage> newestOfEachPartition() {
        inOrder.forEach((name, partition) -> {
            @Nullable Held last = null;
            while (!partition.isEmpty() && partition.getFirst().isFinished()) {
                last = partition.removeFirst();
                acknowledgeable.add(last);
            }
            if (last != null) {
                newest.put(name, last.message());
            }
        });
        return List.copyOf(newest.values());
    }

    private static List<IncomingMessage> messagesOf(List<Held> held) {
        List<IncomingMessage> messages = new ArrayList<>(held.size());
        held.forEach(each -> messages.add(each.message()));
        return messages;
    }

    private static Partition partitionOf(IncomingMessage message) {
        return new Partition(message.topic(), message.partition());
    }

    /**
     * Lanes shall begin with nothing more of these partitions. The newest is recalled first: a lane that goes on meanwhile would
     * otherwise pass over what is recalled already, and begin with something behind it.
     */
    void recall(Collection<Partition> partitions) {
        for (Partition partition : partitions) {
            inOrder.getOrDefault(partition, NOTHING).descendingIterator().forEachRemaining(Held::recall);
        }
    }

    /** Whether a lane is at work on something of these partitions. */
    boolean isAtWork(Collection<Partition> partitions) {
        return held(partitions).anyMatch(Held::isAtWork);
    }

    /** These partitions are no longer ours: what is held of them, finished or not, will not be acknowledged. */
    void forget(Collection<Partition> partitions) {
        held(partitions).forEach(this::letGo);
        inOrder.keySet().removeAll(partitions);
        newest.keySet().removeAll(partitions);
        acknowledgeable.removeIf(held -> {
            boolean forgotten = partitions.contains(partitionOf(held.message()));
            if (forgotten) {
                letGo(held);
            }
            return forgotten;
        });
    }

    private Stream<Held> held(Collection<Partition> partitions) {
        return partitions.stream().flatMap(each -> inOrder.getOrDefault(each, NOTHING).stream());
    }

    private void letGo(Held held) {
        messages--;
        bytes -= held.bytes();
    }

    /** How many messages {@link #acknowledgeable()} answered last, or are acknowledged with those. */
    int acknowledging() {
        return acknowledgeable.size();
    }

    /**
     * The source knows what {@link #acknowledgeable()} answered last.
     *
     * @return how many messages that were
     */
    int acknowledged() {
        int count = acknowledgeable.size();
        acknowledgeable.forEach(this::letGo);
        acknowledgeable.clear();
        newest.clear();
        return count;
    }
}
