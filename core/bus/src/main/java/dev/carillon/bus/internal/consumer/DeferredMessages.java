package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.internal.consumer.WaitingKeys.KeyQueue;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * Reads deferred messages again while there is memory for them. Workers request the messages that are next; the polling thread,
 * which owns the source, reads them.
 */
final class DeferredMessages {

    private static final Logger LOG = Loggers.CONSUMER;

    /** How many messages are read again at once, at most. */
    static final int MAX_BATCH = 100;

    private static final int MAX_CONSECUTIVE = 16;

    /** How long the key of a message that could not be read waits, while others are read. */
    private static final long SKIP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Request(Worker worker, Object key, List<InFlightMessage> messages) {

        /** Messages that do not fit are not read. The worker notices, and requests them again. */
        Request first(int count) {
            return count < messages.size() ? new Request(worker, key, messages.subList(0, count)) : this;
        }

        boolean concerns(Set<Partition> partitions) {
            return messages.stream().anyMatch(message -> partitions.contains(message.partition()));
        }
    }

    private final InFlightMessages inFlight;
    private final ConsumerOptions options;
    private final ConsumerMetrics metrics;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /** How many messages are requested. */
    private final AtomicInteger requested = new AtomicInteger();

    DeferredMessages(InFlightMessages inFlight, ConsumerOptions options, ConsumerMetrics metrics) {
        this.inFlight = inFlight;
        this.options = options;
        this.metrics = metrics;
    }

    /** Requests messages of a key. Resumes the worker when they have been read, or cannot be. Called by workers. */
    void request(Worker worker, Object key, List<InFlightMessage> messages) {
        requested.addAndGet(messages.size());
        requests.add(new Request(worker, key, messages));
        inFlight.wake();
    }

    /** How many messages are requested. New messages must leave some memory for them. Called by the polling thread. */
    int requested() {
        return requested.get();
    }

    /** Whether some requested messages can be read now. Called by the polling thread. */
    boolean hasRequests() {
        return freeCapacity() > 0 && !requests.isEmpty();
    }

    /** How many messages there is memory for; at least one when none is in memory. */
    private int freeCapacity() {
        if (inFlight.inMemory() == 0) {
            return Math.max(1, options.maxInFlight());
        }
        return inFlight.bytes() < options.maxInFlightBytes() ? options.maxInFlight() - inFlight.inMemory() : 0;
    }

    /** Reads requested messages while there is capacity. Called by the polling thread. */
    void readAgain(MessageSource source) {
        for (int i = 0; i < MAX_CONSECUTIVE; i++) {
            List<Request> batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            readAgain(source, batch);
        }
    }

    private List<Request> nextBatch() {
        List<Request> batch = new ArrayList<>();
        int left = Math.min(freeCapacity(), MAX_BATCH);
        for (Request next = requests.peek(); next != null && left > 0; next = requests.peek()) {
            requests.remove();
            requested.addAndGet(-next.messages().size());
            Request fitting = next.first(left);
            left -= fitting.messages().size();
            batch.add(fitting);
        }
        return batch;
    }

    private void readAgain(MessageSource source, List<Request> batch) {
        Set<Partition> unread = new HashSet<>();
        byPartition(batch).forEach((partition, messages) -> {
            try {
                readAgain(source, partition, messages);
            } catch (RuntimeException e) {
                metrics.brokerErrors.increment();
                LOG.debug("Messages of {} cannot be read again now", partition, e);
                unread.add(partition);
            }
        });
        for (Request request : batch) {
            request.worker().resume(request.key(), request.concerns(unread) ? SKIP_NANOS : 0);
        }
    }

    private static Map<Partition, List<InFlightMessage>> byPartition(List<Request> batch) {
        Map<Partition, List<InFlightMessage>> byPartition = new HashMap<>();
        for (Request request : batch) {
            for (InFlightMessage message : request.messages()) {
                if (!message.isRevoked() && !message.hasData()) {
                    byPartition
                            .computeIfAbsent(message.partition(), absent -> new ArrayList<>())
                            .add(message);
                }
            }
        }
        byPartition.values().forEach(messages -> messages.sort(Comparator.comparingLong(InFlightMessage::number)));
        return byPartition;
    }

    private void readAgain(MessageSource source, Partition partition, List<InFlightMessage> messages) {
        List<Position> positions =
                messages.stream().map(message -> message.message().position()).toList();
        Map<Position, IncomingMessage> found = new HashMap<>();
        source.readAgain(partition, positions).forEach(message -> found.put(message.position(), message));
        messages.forEach(
                message -> inFlight.restore(message, found.get(message.message().position())));
    }

    /**
     * Requests the deferred messages of a worker when they are next: as many as fit next to the waiting messages in memory, or
     * one at a time. Used by the worker's thread alone.
     */
    static final class ReadAhead {

        private final Worker worker;
        private final WaitingKeys waiting;
        private final DeferredMessages deferred;

        /** The keys whose next message has not been requested yet. */
        private final Queue<KeyQueue> toRequest = new ArrayDeque<>();

        /** How many keys have been requested and not been read yet. */
        private int pendingRequests;

        /** The keys whose messages could not be read, and which wait until they are requested again. */
        private final Set<KeyQueue> failed = new HashSet<>();

        ReadAhead(Worker worker, WaitingKeys waiting, DeferredMessages deferred) {
            this.worker = worker;
            this.waiting = waiting;
            this.deferred = deferred;
        }

        /** Requests the first message of this key, and messages behind it. The worker is resumed when they have been read. */
        void read(KeyQueue queue) {
            toRequest.add(queue);
            requestNext();
        }

        /** It is this key's turn: if its messages could not be read, they are requested again, or not needed any more. */
        void continuing(KeyQueue queue) {
            failed.remove(queue);
        }

        /** Requests messages while there is capacity. */
        void requestNext() {
            while (!toRequest.isEmpty() && (waiting.makeCapacity() || isNothingElseToDo())) {
                KeyQueue next = toRequest.remove();
                pendingRequests++;
                deferred.request(worker, next.key(), waiting.reserve(next));
            }
        }

        private boolean isNothingElseToDo() {
            return pendingRequests == 0 && !waiting.hasReady();
        }

        /** The requested messages of this key have been read. When memory is short, that is only the first of them. */
        void arrived(KeyQueue queue) {
            pendingRequests--;
            waiting.releaseUnread(queue);
        }

        /** The requested messages of this key cannot be read now: they make way for those of other keys. */
        void failed(KeyQueue queue) {
            arrived(queue);
            failed.add(queue);
            requestNext();
        }

        /** Whether nothing is to be requested, now or later, and no request is pending. */
        boolean isIdle() {
            return pendingRequests == 0 && toRequest.isEmpty() && failed.isEmpty();
        }
    }
}
