package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.internal.consumer.WaitingKeys.KeyQueue;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
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
import org.slf4j.LoggerFactory;

/**
 * Reads parked messages again, as long as there is memory for them. Workers ask for those whose turn it is; the polling thread, which
 * owns the source, reads them.
 */
final class ParkedMessages {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);

    /** How many are read again at once. */
    static final int MOST_AT_ONCE = 100;

    private static final int MOST_IN_A_ROW = 16;

    /** How long a partition that could not be read is left alone, while others are read. */
    private static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Request(Worker worker, Object key, List<InFlightMessage> messages) {

        /** What does not fit is not read; the lane sees that, and asks again. */
        Request first(int count) {
            return count < messages.size() ? new Request(worker, key, messages.subList(0, count)) : this;
        }

        boolean isAbout(Set<Partition> partitions) {
            return messages.stream().anyMatch(held -> partitions.contains(held.partition()));
        }
    }

    private record Later(Request request, long nanos) {}

    private final InFlightMessages inFlight;
    private final ConsumerOptions options;
    private final ConsumerMetrics metrics;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

    /** How many messages the requests are for. */
    private final AtomicInteger asked = new AtomicInteger();

    /** Those that the source failed on. */
    private final Queue<Later> later = new ArrayDeque<>();

    ParkedMessages(InFlightMessages inFlight, ConsumerOptions options, ConsumerMetrics metrics) {
        this.inFlight = inFlight;
        this.options = options;
        this.metrics = metrics;
    }

    /** Asks for messages of a key; the lane is told when they are there. Called by lanes. */
    void ask(Worker worker, Object key, List<InFlightMessage> messages) {
        add(new Request(worker, key, messages));
        inFlight.wake();
    }

    private void add(Request request) {
        asked.addAndGet(request.messages().size());
        requests.add(request);
    }

    /** For how many messages memory is wanted: new ones must not take all of it. The polling thread's. */
    int asked() {
        return asked.get();
    }

    /** Whether some can be read now. The polling thread's. */
    boolean areAskedFor() {
        return room() > 0 && (!requests.isEmpty() || isDue());
    }

    /** For as many messages as this there is memory; for one, when there is none in it. */
    private int room() {
        if (inFlight.inMemory() == 0) {
            return Math.max(1, options.maxInFlight());
        }
        return inFlight.bytes() < options.maxInFlightBytes() ? options.maxInFlight() - inFlight.inMemory() : 0;
    }

    private boolean isDue() {
        Later next = later.peek();
        return next != null && next.nanos() - System.nanoTime() <= 0;
    }

    /** Reads what was asked for, as far as there is room. The polling thread's. */
    void readAgain(MessageSource source) {
        while (isDue()) {
            add(later.remove().request());
        }
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            List<Request> batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            readAgain(source, batch);
        }
    }

    private List<Request> nextBatch() {
        List<Request> batch = new ArrayList<>();
        int left = Math.min(room(), MOST_AT_ONCE);
        for (Request next = requests.peek(); next != null && left > 0; next = requests.peek()) {
            requests.remove();
            asked.addAndGet(-next.messages().size());
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
        long nanos = System.nanoTime() + LEFT_ALONE_NANOS;
        for (Request request : batch) {
            if (request.isAbout(unread)) {
                later.add(new Later(request, nanos));
            } else {
                request.worker().resume(request.key());
            }
        }
    }

    private static Map<Partition, List<InFlightMessage>> byPartition(List<Request> batch) {
        Map<Partition, List<InFlightMessage>> byPartition = new HashMap<>();
        for (Request request : batch) {
            for (InFlightMessage held : request.messages()) {
                if (!held.isRevoked() && !held.hasData()) {
                    byPartition
                            .computeIfAbsent(held.partition(), absent -> new ArrayList<>())
                            .add(held);
                }
            }
        }
        byPartition.values().forEach(messages -> messages.sort(Comparator.comparingLong(InFlightMessage::number)));
        return byPartition;
    }

    private void readAgain(MessageSource source, Partition partition, List<InFlightMessage> messages) {
        List<String> positions =
                messages.stream().map(held -> held.message().position()).toList();
        Map<String, IncomingMessage> found = new HashMap<>();
        source.readAgain(partition, positions).forEach(message -> found.put(message.position(), message));
        messages.forEach(held -> inFlight.restore(held, found.get(held.message().position())));
    }

    /**
     * Has parked messages of a lane read again, when it is their turn: as many as there is room for behind what waits, or one at a time.
     * The lane's own.
     */
    static final class ReadAhead {

        private final Worker worker;
        private final WaitingKeys waiting;
        private final ParkedMessages parked;

        /** The keys whose next message has not been asked for yet. */
        private final Queue<KeyQueue> toAskFor = new ArrayDeque<>();

        /** How many keys have been asked for, and are not there yet. */
        private int askedFor;

        ReadAhead(Worker worker, WaitingKeys waiting, ParkedMessages parked) {
            this.worker = worker;
            this.waiting = waiting;
            this.parked = parked;
        }

        /** Has the first of these read again, with those behind it; the lane is resumed when that has been done. */
        void read(KeyQueue tasks) {
            toAskFor.add(tasks);
            askForNext();
        }

        /** Asks for what there is room for. */
        void askForNext() {
            while (!toAskFor.isEmpty() && (waiting.makeRoom() || isNothingElseToDo())) {
                KeyQueue next = toAskFor.remove();
                askedFor++;
                parked.ask(worker, next.key(), waiting.reserve(next));
            }
        }

        private boolean isNothingElseToDo() {
            return askedFor == 0 && !waiting.hasReady();
        }

        /** What was asked for of this key is there. Where memory is short, that is the first of it, and no more. */
        void arrived(KeyQueue tasks) {
            askedFor--;
            waiting.releaseUnread(tasks);
        }

        /** Whether there is nothing to ask for, or to wait for. */
        boolean isIdle() {
            return askedFor == 0 && toAskFor.isEmpty();
        }
    }
}
