package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.consumer.InFlightMessage.Counted;
import dev.carillon.bus.internal.deadletter.Origin;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.Partition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages in flight: read and not acknowledged. Bounds how many there are, and tells which can be acknowledged. Those that
 * only wait, for others of their key or for older ones to be acknowledged, are parked: they keep their position and drop their
 * data. Workers call {@link #finished} and {@link #park}; everything else is the polling thread's.
 */
final class InFlightMessages {

    private final AckMode mode;
    private final OwnTopics ownTopics;
    private final Thread owner = Thread.currentThread();
    private final Queue<InFlightMessage> finished = new ConcurrentLinkedQueue<>();
    private final Queue<InFlightMessage> newlyParked = new ConcurrentLinkedQueue<>();

    /** In the order read where that matters for acknowledging. */
    private final Map<Partition, Collection<InFlightMessage>> byPartition = new HashMap<>();

    private final List<InFlightMessage> acknowledgeable = new ArrayList<>();
    private final Map<Partition, IncomingMessage> newest = new HashMap<>();
    private long readNanos = System.nanoTime();
    private long nextNumber;
    private int inMemory;
    private int parked;
    private long bytes;

    /** For the calling thread, which polls. */
    InFlightMessages(AckMode mode, OwnTopics ownTopics) {
        this.mode = mode;
        this.ownTopics = ownTopics;
    }

    /** How many are in flight with their data. */
    int inMemory() {
        return inMemory;
    }

    /** How many are in flight by their position alone. */
    int parkedMessages() {
        return parked;
    }

    /** How many are in flight. */
    int messages() {
        return inMemory + parked;
    }

    /** The data in memory. */
    long bytes() {
        return bytes;
    }

    /** What is held from now on was read now. */
    void polled() {
        readNanos = System.nanoTime();
    }

    InFlightMessage add(IncomingMessage message) {
        InFlightMessage held = new InFlightMessage(message, Origin.of(message, ownTopics), nextNumber++, readNanos);
        count(held, Counted.IN_MEMORY);
        byPartition.computeIfAbsent(held.partition(), absent -> collection()).add(held);
        return held;
    }

    private Collection<InFlightMessage> collection() {
        return mode == AckMode.CUMULATIVE ? new ArrayDeque<>() : Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private void count(InFlightMessage held, Counted now) {
        Counted before = held.counted();
        if (before == now) {
            return;
        }
        if (before == Counted.IN_MEMORY) {
            inMemory--;
            bytes -= held.bytes();
        } else if (before == Counted.PARKED) {
            parked--;
        }
        if (now == Counted.IN_MEMORY) {
            inMemory++;
            bytes += held.bytes();
        } else if (now == Counted.PARKED) {
            parked++;
        }
        held.setCounted(now);
    }

    /** The message is finished with. Called by lanes, and by the polling thread for what needs no lane. */
    void finished(InFlightMessage held) {
        held.finish();
        finished.add(held);
    }

    /** The lane drops the data of a message that waits behind others of its key. Called by lanes. */
    void park(InFlightMessage held) {
        held.park();
        newlyParked.add(held);
    }

    /** A message that was parked has been read again; null when it has left its topic. */
    void restore(InFlightMessage held, @Nullable IncomingMessage again) {
        countParked();
        if (again == null) {
            held.setGone();
        } else if (held.counted() == Counted.PARKED) {
            count(held, Counted.IN_MEMORY);
            held.restore(again);
        }
    }

    /** Ends {@link #awaitFinished} early. Called by lanes, behind a batch: to be woken by each message is expensive. */
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
     * partition behind which none is unfinished. They count as in flight until {@link #acknowledged()}.
     */
    List<IncomingMessage> acknowledgeable() {
        countParked();
        List<InFlightMessage> news = new ArrayList<>();
        for (InFlightMessage held = finished.poll(); held != null; held = finished.poll()) {
            if (held.counted() != Counted.NOT) {
                news.add(held);
            }
        }
        if (mode == AckMode.INDIVIDUAL) {
            acknowledgeable.addAll(news);
            return messagesOf(acknowledgeable);
        }
        newestOfEachPartition();
        news.forEach(this::dropDataOfBlocked);
        return List.copyOf(newest.values());
    }

    private void newestOfEachPartition() {
        byPartition.forEach((name, partition) -> {
            ArrayDeque<InFlightMessage> inOrder = (ArrayDeque<InFlightMessage>) partition;
            @Nullable InFlightMessage last = null;
            while (!inOrder.isEmpty() && inOrder.getFirst().isFinished()) {
                last = inOrder.removeFirst();
                last.setAcknowledgeable();
                acknowledgeable.add(last);
            }
            if (last != null) {
                newest.put(name, last.message());
            }
        });
    }

    /** One that is finished behind an unfinished one waits for that, for as long as it takes, and needs its position alone. */
    private void dropDataOfBlocked(InFlightMessage held) {
        if (!held.isAcknowledgeable() && held.counted() == Counted.IN_MEMORY) {
            held.dropData();
            count(held, Counted.PARKED);
        }
    }

    private void countParked() {
        for (InFlightMessage held = newlyParked.poll(); held != null; held = newlyParked.poll()) {
            if (held.counted() == Counted.IN_MEMORY) {
                count(held, Counted.PARKED);
            }
        }
    }

    private static List<IncomingMessage> messagesOf(List<InFlightMessage> held) {
        List<IncomingMessage> messages = new ArrayList<>(held.size());
        held.forEach(each -> messages.add(each.message()));
        return messages;
    }

    /**
     * Workers shall begin with nothing more of these partitions. The newest is recalled first: a lane that goes on meanwhile would
     * otherwise pass over what is recalled already, and begin with something behind it.
     */
    void revoke(Collection<Partition> partitions) {
        for (Partition partition : partitions) {
            List<InFlightMessage> inOrder = new ArrayList<>(byPartition.getOrDefault(partition, List.of()));
            if (mode == AckMode.INDIVIDUAL) {
                inOrder.sort((a, b) -> Long.compare(a.number(), b.number()));
            }
            Collections.reverse(inOrder);
            inOrder.forEach(InFlightMessage::revoke);
        }
    }

    /** Whether a lane is at work on something of these partitions. */
    boolean isInProgress(Collection<Partition> partitions) {
        return held(partitions).anyMatch(InFlightMessage::isInProgress);
    }

    /** These partitions are no longer ours: what is held of them, finished or not, will not be acknowledged. */
    void forget(Collection<Partition> partitions) {
        held(partitions).forEach(this::lose);
        byPartition.keySet().removeAll(partitions);
        newest.keySet().removeAll(partitions);
        acknowledgeable.removeIf(held -> {
            boolean forgotten = partitions.contains(held.partition());
            if (forgotten) {
                lose(held);
            }
            return forgotten;
        });
    }

    private Stream<InFlightMessage> held(Collection<Partition> partitions) {
        return partitions.stream().flatMap(each -> byPartition.getOrDefault(each, List.of()).stream());
    }

    private void lose(InFlightMessage held) {
        held.lose();
        count(held, Counted.NOT);
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
        for (InFlightMessage held : acknowledgeable) {
            count(held, Counted.NOT);
            if (mode == AckMode.INDIVIDUAL) {
                byPartition.getOrDefault(held.partition(), List.of()).remove(held);
            }
        }
        acknowledgeable.clear();
        newest.clear();
        return count;
    }
}
