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
 * The messages in flight: read and not acknowledged. Limits how many there are, and determines which can be acknowledged.
 * Messages that only wait, for others of their key or for older ones to be acknowledged, are deferred: they keep their position
 * and drop their data. Workers call {@link #finished} and {@link #defer}; all other methods belong to the polling thread.
 */
final class InFlightMessages {

    private final AckMode mode;
    private final OwnTopics ownTopics;
    private final Thread owner = Thread.currentThread();
    private final Queue<InFlightMessage> finished = new ConcurrentLinkedQueue<>();
    private final Queue<InFlightMessage> newlyDeferred = new ConcurrentLinkedQueue<>();

    /** In reading order where that matters for acknowledging. */
    private final Map<Partition, Collection<InFlightMessage>> byPartition = new HashMap<>();

    private final List<InFlightMessage> acknowledgeable = new ArrayList<>();
    private final Map<Partition, IncomingMessage> newest = new HashMap<>();
    private long readNanos = System.nanoTime();
    private long nextNumber;
    private int inMemory;
    private int deferred;
    private long bytes;

    /** The calling thread becomes the owner: the polling thread. */
    InFlightMessages(AckMode mode, OwnTopics ownTopics) {
        this.mode = mode;
        this.ownTopics = ownTopics;
    }

    /** How many messages are in flight with their data in memory. */
    int inMemory() {
        return inMemory;
    }

    /** How many messages are deferred: in flight, with only their position in memory. */
    int deferredMessages() {
        return deferred;
    }

    /** How many messages are in flight. */
    int messages() {
        return inMemory + deferred;
    }

    /** The size of the data in memory, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Sets the arrival time of messages that are added from now on to the current time. */
    void polled() {
        readNanos = System.nanoTime();
    }

    InFlightMessage add(IncomingMessage message) {
        InFlightMessage inFlight = new InFlightMessage(message, Origin.of(message, ownTopics), nextNumber++, readNanos);
        count(inFlight, Counted.IN_MEMORY);
        byPartition
                .computeIfAbsent(inFlight.partition(), absent -> collection())
                .add(inFlight);
        return inFlight;
    }

    private Collection<InFlightMessage> collection() {
        return mode == AckMode.CUMULATIVE ? new ArrayDeque<>() : Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private void count(InFlightMessage inFlight, Counted now) {
        Counted before = inFlight.counted();
        if (before == now) {
            return;
        }
        if (before == Counted.IN_MEMORY) {
            inMemory--;
            bytes -= inFlight.bytes();
        } else if (before == Counted.DEFERRED) {
            deferred--;
        }
        if (now == Counted.IN_MEMORY) {
            inMemory++;
            bytes += inFlight.bytes();
        } else if (now == Counted.DEFERRED) {
            deferred++;
        }
        inFlight.setCounted(now);
    }

    /** Marks a message as finished. Called by workers, and by the polling thread for messages that need no worker. */
    void finished(InFlightMessage inFlight) {
        inFlight.finish();
        finished.add(inFlight);
    }

    /** Drops the data of a message that waits behind others of its key. Called by workers. */
    void defer(InFlightMessage inFlight) {
        inFlight.defer();
        newlyDeferred.add(inFlight);
    }

    /** Restores a deferred message that has been read again; null when it is no longer in its topic. */
    void restore(InFlightMessage inFlight, @Nullable IncomingMessage again) {
        countDeferred();
        if (again == null) {
            inFlight.setGone();
        } else if (inFlight.counted() == Counted.DEFERRED) {
            count(inFlight, Counted.IN_MEMORY);
            inFlight.restore(again);
        }
    }

    /**
     * Ends {@link #awaitFinished} early. Called by workers after each batch: waking the polling thread for each message is
     * expensive.
     */
    void wake() {
        LockSupport.unpark(owner);
    }

    /** Waits at most this many nanoseconds until a worker has finished a batch; may return early. */
    void awaitFinished(long nanos) {
        if (finished.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /**
     * Returns the messages to acknowledge now. With individual acknowledgement, these are all finished messages; with
     * cumulative acknowledgement, the newest of each partition up to which all are finished. They count as in flight until
     * {@link #acknowledged()}.
     */
    List<IncomingMessage> messagesToAcknowledge() {
        countDeferred();
        List<InFlightMessage> newlyFinished = new ArrayList<>();
        for (InFlightMessage inFlight = finished.poll(); inFlight != null; inFlight = finished.poll()) {
            if (inFlight.counted() != Counted.NOT) {
                newlyFinished.add(inFlight);
            }
        }
        if (mode == AckMode.INDIVIDUAL) {
            acknowledgeable.addAll(newlyFinished);
            return messagesOf(acknowledgeable);
        }
        newestOfEachPartition();
        newlyFinished.forEach(this::dropDataOfBlocked);
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

    /** A message that is finished behind an unfinished one waits for that, however long it takes, and needs only its position. */
    private void dropDataOfBlocked(InFlightMessage inFlight) {
        if (!inFlight.isAcknowledgeable() && inFlight.counted() == Counted.IN_MEMORY) {
            inFlight.dropData();
            count(inFlight, Counted.DEFERRED);
        }
    }

    private void countDeferred() {
        for (InFlightMessage inFlight = newlyDeferred.poll(); inFlight != null; inFlight = newlyDeferred.poll()) {
            if (inFlight.counted() == Counted.IN_MEMORY) {
                count(inFlight, Counted.DEFERRED);
            }
        }
    }

    private static List<IncomingMessage> messagesOf(List<InFlightMessage> inFlight) {
        List<IncomingMessage> messages = new ArrayList<>(inFlight.size());
        inFlight.forEach(each -> messages.add(each.message()));
        return messages;
    }

    /**
     * Prevents workers from starting any more messages of these partitions. Revokes the newest first: otherwise, a worker that
     * continues meanwhile could skip a revoked message and start one behind it.
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

    /** Whether a worker is processing a message of these partitions. */
    boolean isInProgress(Collection<Partition> partitions) {
        return inFlight(partitions).anyMatch(InFlightMessage::isInProgress);
    }

    /** Forgets these partitions, which have been lost: their messages in flight, finished or not, will not be acknowledged. */
    void forget(Collection<Partition> partitions) {
        inFlight(partitions).forEach(this::lose);
        byPartition.keySet().removeAll(partitions);
        newest.keySet().removeAll(partitions);
        acknowledgeable.removeIf(inFlight -> {
            boolean forgotten = partitions.contains(inFlight.partition());
            if (forgotten) {
                lose(inFlight);
            }
            return forgotten;
        });
    }

    private Stream<InFlightMessage> inFlight(Collection<Partition> partitions) {
        return partitions.stream().flatMap(each -> byPartition.getOrDefault(each, List.of()).stream());
    }

    private void lose(InFlightMessage inFlight) {
        inFlight.lose();
        count(inFlight, Counted.NOT);
    }

    /**
     * How many messages are acknowledged with the result of the last {@link #messagesToAcknowledge()}: those that it returned, and
     * with cumulative acknowledgement those before them.
     */
    int acknowledging() {
        return acknowledgeable.size();
    }

    /**
     * Records that the source has acknowledged the messages that {@link #messagesToAcknowledge()} last returned.
     *
     * @return how many messages were acknowledged
     */
    int acknowledged() {
        int count = acknowledgeable.size();
        for (InFlightMessage inFlight : acknowledgeable) {
            count(inFlight, Counted.NOT);
            if (mode == AckMode.INDIVIDUAL) {
                byPartition.getOrDefault(inFlight.partition(), List.of()).remove(inFlight);
            }
        }
        acknowledgeable.clear();
        newest.clear();
        return count;
    }
}
