package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.consumer.ConsumerOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The workers of a consumer, which work side by side. Used by the polling thread alone. */
final class Workers {

    /**
     * A worker that does fewer from one look to the next, while it is behind, is slow. To read for it once more costs little at
     * that pace.
     */
    private static final int SLOW = 1_000;

    /**
     * What a worker was at work on, and since when, how many tasks it had looked at, and whether it had its part before it, or
     * nothing.
     */
    private record Snapshot(
            @Nullable InFlightMessage message, Instant since, long dispatched, boolean isBehind, boolean isIdle) {
        static final Snapshot NOTHING = new Snapshot(null, Instant.EPOCH, 0, false, false);
    }

    private final List<Worker> workers = new ArrayList<>();
    private final List<List<InFlightMessage>> batches;
    private final long[] batchBytes;
    private final List<Snapshot> snapshots;
    private final InFlightMessages inFlight;
    private final WaitingKeys.Budget part;

    /** The workers that get no more than their part of the memory, because they hang or are slow. */
    private final BitSet limited = new BitSet();

    /** Workers whose names begin so. */
    Workers(
            String name,
            ConsumerOptions options,
            Dispatcher dispatcher,
            InFlightMessages inFlight,
            ParkedMessages parked) {
        this.inFlight = inFlight;
        int count = options.concurrency();
        this.part = WaitingKeys.Budget.of(options);
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(
                    name + "-worker-" + i, dispatcher, new WaitingKeys(part, inFlight::park), parked, inFlight::wake));
        }
        batchBytes = new long[count];
        batches = new ArrayList<>(Collections.nCopies(count, List.of()));
        snapshots = new ArrayList<>(Collections.nCopies(count, Snapshot.NOTHING));
    }

    void start() {
        workers.forEach(Worker::start);
    }

    /**
     * Puts a task behind those of its worker; {@link #flush()} hands it over. A worker that hangs or is slow gets no more than its part
     * of the memory: the rest is parked.
     */
    void add(int number, InFlightMessage message) {
        Worker worker = workers.get(number);
        boolean isTooMuch = limited.get(number) && isBehind(worker);
        if (isTooMuch) {
            inFlight.park(message);
        }
        collect(number, message);
        batchBytes[number] += isTooMuch ? 0 : message.bytes();
        if (batches.get(number).size() >= part.messages() || batchBytes[number] >= part.bytes()) {
            flush(number);
        }
    }

    /** Whether it has its part of the memory before it. */
    private boolean isBehind(Worker worker) {
        return worker.backlog() >= part.messages() || worker.backlogBytes() >= part.bytes();
    }

    /** The longest queue before a worker that is not limited. */
    int longestBacklog() {
        return (int) mostOfOthers(Worker::backlog);
    }

    /** As {@link #longestBacklog()}, in bytes. */
    long largestBacklog() {
        return mostOfOthers(Worker::backlogBytes);
    }

    private long mostOfOthers(ToLongFunction<Worker> measure) {
        long most = 0;
        for (int i = 0; i < workers.size(); i++) {
            most = limited.get(i) ? most : Math.max(most, measure.applyAsLong(workers.get(i)));
        }
        return most;
    }

    private void collect(int worker, InFlightMessage message) {
        if (batches.get(worker).isEmpty()) {
            batches.set(worker, new ArrayList<>());
        }
        batches.get(worker).add(message);
    }

    /** Hands over what was added. */
    void flush() {
        for (int i = 0; i < workers.size(); i++) {
            flush(i);
        }
    }

    private void flush(int worker) {
        List<InFlightMessage> batch = batches.get(worker);
        if (!batch.isEmpty()) {
            batches.set(worker, List.of());
            batchBytes[worker] = 0;
            workers.get(worker).add(batch);
        }
    }

    /**
     * Inspects what the workers are doing, and limits those that hang or are slow.
     *
     * @return those that are still at the same message as at the last inspection
     */
    List<ConsumerHealth.BusyWorker> inspect(Instant now) {
        List<ConsumerHealth.BusyWorker> busy = new ArrayList<>();
        boolean othersAreIdle = areOthersIdle();
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            @Nullable InFlightMessage message = worker.current();
            Snapshot before = snapshots.get(i);
            boolean isLimited = isSlow(worker, before) && (limited.get(i) || othersAreIdle);
            Instant since = now;
            if (message != null && message == before.message()) {
                isLimited = true;
                since = before.since();
                busy.add(new ConsumerHealth.BusyWorker(i, message.toString(), since));
            }
            limit(i, isLimited);
            snapshots.set(
                    i, new Snapshot(message, since, worker.dispatched(), isBehind(worker), worker.backlog() == 0));
        }
        return busy;
    }

    /** Whether half of the workers, or more, have nothing to do, and had nothing when this looked before: what is read is too little. */
    private boolean areOthersIdle() {
        int idle = 0;
        for (int i = 0; i < workers.size(); i++) {
            idle += snapshots.get(i).isIdle() && workers.get(i).backlog() == 0 ? 1 : 0;
        }
        return 2 * idle >= workers.size();
    }

    private boolean isSlow(Worker worker, Snapshot before) {
        return before.isBehind() && isBehind(worker) && worker.dispatched() - before.dispatched() < SLOW;
    }

    private void limit(int number, boolean isLimited) {
        if (isLimited && !limited.get(number)) {
            workers.get(number).parkAllBut(part, inFlight::park);
        }
        limited.set(number, isLimited);
    }

    /** They end behind what waits. */
    void finish() {
        workers.forEach(Worker::finish);
    }

    /** They end behind the task at work; what waits is left undone. May be called by a worker. */
    void abandon() {
        workers.forEach(Worker::abandon);
    }

    /** Interrupts the receivers at work, for workers that are abandoned. */
    void interrupt() {
        workers.forEach(Worker::interrupt);
    }

    boolean haveEnded() {
        for (Worker worker : workers) {
            if (!worker.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Chooses the worker of an event: by its key or, without one, by its partition, which keeps the order of all its events without a
     * key. Used by the polling thread alone.
     */
    static final class Chooser {

        /** The key of all events, where they all keep their order. */
        private static final Object EVERYTHING = "";

        private final int concurrency;
        private final EventKeys keys;

        Chooser(int concurrency, EventKeys keys) {
            this.concurrency = concurrency;
            this.keys = keys;
        }

        /** Returns a number from 0 to below the number of workers, and sets the ordering key of the message. */
        int choose(InFlightMessage message) {
            if (concurrency == 1) {
                message.setOrderingKey(EVERYTHING);
                return 0;
            }
            @Nullable Object key = keys.of(message);
            Object orderingKey = key != null ? key : message.partition();
            message.setOrderingKey(orderingKey);
            return Math.floorMod(spread(orderingKey.hashCode()), concurrency);
        }

        /** Hash codes of similar texts differ in their low bits only, which would crowd a few workers. */
        private static int spread(int hash) {
            int mixed = hash * 0x9E3779B9;
            return mixed ^ (mixed >>> 16);
        }
    }
}
