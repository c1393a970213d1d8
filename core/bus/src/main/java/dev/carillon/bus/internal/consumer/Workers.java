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

/** The workers of a consumer, which run in parallel. Used by the polling thread alone. */
final class Workers {

    /**
     * A worker that is behind and dispatches fewer messages than this between two inspections is slow. At that pace, reading
     * its messages a second time costs little.
     */
    private static final int SLOW = 1_000;

    /**
     * The state of a worker at an inspection: the message it was processing and since when, how many messages it had
     * dispatched, and whether its queue had reached its share of the memory, or was empty.
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
    private final WaitingKeys.Budget share;

    /** The workers that are limited to their share of the memory, because they hang or are slow. */
    private final BitSet limited = new BitSet();

    /** Creates workers whose thread names start with this name. */
    Workers(
            String name,
            ConsumerOptions options,
            Dispatcher dispatcher,
            InFlightMessages inFlight,
            DeferredMessages deferred) {
        this.inFlight = inFlight;
        int count = options.concurrency();
        this.share = WaitingKeys.Budget.of(options);
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(
                    name + "-worker-" + i,
                    dispatcher,
                    new WaitingKeys(share, inFlight::defer),
                    deferred,
                    inFlight::wake));
        }
        batchBytes = new long[count];
        batches = new ArrayList<>(Collections.nCopies(count, List.of()));
        snapshots = new ArrayList<>(Collections.nCopies(count, Snapshot.NOTHING));
    }

    void start() {
        workers.forEach(Worker::start);
    }

    /**
     * Adds a message to the batch of its worker; {@link #flush()} hands it over. A worker that hangs or is slow is limited to
     * its share of the memory: further messages are deferred.
     */
    void add(int number, InFlightMessage message) {
        Worker worker = workers.get(number);
        boolean isTooMuch = limited.get(number) && isBehind(worker);
        if (isTooMuch) {
            inFlight.defer(message);
        }
        collect(number, message);
        batchBytes[number] += isTooMuch ? 0 : message.bytes();
        if (batches.get(number).size() >= share.messages() || batchBytes[number] >= share.bytes()) {
            flush(number);
        }
    }

    /** Whether its queue has reached its share of the memory. */
    private boolean isBehind(Worker worker) {
        return worker.backlog() >= share.messages() || worker.backlogBytes() >= share.bytes();
    }

    /** The length of the longest queue among the workers that are not limited, in messages. */
    int longestBacklog() {
        return (int) mostOfOthers(Worker::backlog);
    }

    /** Like {@link #longestBacklog()}, but the largest queue in bytes. */
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

    /** Hands over the added messages to the workers. */
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
     * Inspects the workers, and limits those that hang or are slow.
     *
     * @return the workers that are still processing the same message as at the last inspection
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

    /** Whether at least half of the workers are idle, now and at the last inspection: too little is read. */
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
            workers.get(number).deferAllBut(share, inFlight::defer);
        }
        limited.set(number, isLimited);
    }

    /** Ends the workers after the messages in their queues. */
    void finish() {
        workers.forEach(Worker::finish);
    }

    /**
     * Ends the workers after the messages that they are processing; their queues are not processed. May be called by a worker.
     */
    void abandon() {
        workers.forEach(Worker::abandon);
    }

    /** Interrupts the active receivers of abandoned workers. */
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
}
