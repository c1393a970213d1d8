package dev.carillon.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does its tasks one after the other, in a thread of its own. It takes them a batch at a time, so that handing over costs once a
 * batch and not once an event. A task that is to be done again after a while keeps those of its key waiting, and no others. The
 * engine bounds how many wait.
 */
final class Lane {

    private static final List<Task> END = new ArrayList<>();
    private static final List<Task> NOTHING = List.of();

    private final BlockingQueue<List<Task>> arrived = new LinkedBlockingQueue<>();
    private final WaitingKeys waiting = new WaitingKeys();
    private final Function<Task, Outcome> work;
    private final Runnable atPause;
    private final Thread thread;

    /** Looked at now and then; what it costs each event is next to nothing. */
    private final AtomicReference<@Nullable Task> atWork = new AtomicReference<>();

    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The lane calls {@code atPause} behind each batch, and when it {@link #hasEnded()}. */
    Lane(String name, Function<Task, Outcome> work, Runnable atPause) {
        this.work = work;
        this.atPause = atPause;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<Task> batch) {
        arrived.add(batch);
    }

    /** Ends behind what has arrived; what waits to be done again is left. */
    void finish() {
        arrived.add(END);
    }

    /** Ends behind the task at work; what has arrived is left undone. */
    void abandon() {
        abandoned = true;
        arrived.add(END);
    }

    /** Interrupts the receiver at work, for a lane that is abandoned. */
    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return ended;
    }

    /** What it is at work on; null between two tasks. */
    @Nullable
    Task atWork() {
        return atWork.getAcquire();
    }

    private void run() {
        try {
            for (List<Task> batch = next(); batch != null; batch = next()) {
                for (int i = 0; i < batch.size() && !abandoned; i++) {
                    if (!waiting.queue(batch.get(i))) {
                        doAll(batch.subList(i, i + 1));
                    }
                    doDue();
                }
                doDue();
                atPause.run();
            }
        } finally {
            ended = true;
            atPause.run();
        }
    }

    private void doDue() {
        while (!waiting.isEmpty() && !abandoned) {
            List<Task> due = waiting.takeDue(System.nanoTime());
            if (due.isEmpty()) {
                return;
            }
            doAll(due);
        }
    }

    /** Does tasks of one key, in order, until one has to wait. */
    private void doAll(List<Task> tasks) {
        for (int i = 0; i < tasks.size() && !abandoned; i++) {
            clearInterrupt();
            atWork.setRelease(tasks.get(i));
            Outcome outcome = work.apply(tasks.get(i));
            atWork.setRelease(null);
            if (outcome.kind() == Outcome.Kind.AGAIN) {
                waiting.add(tasks.subList(i, tasks.size()), System.nanoTime() + outcome.waitNanos());
                return;
            }
        }
    }

    /** What has arrived; nothing when something that waited is due; null at the end. */
    @SuppressWarnings("ReferenceEquality") // END is one list, and no other
    private @Nullable List<Task> next() {
        while (!abandoned) {
            clearInterrupt();
            try {
                List<Task> batch = waiting.isEmpty()
                        ? arrived.take()
                        : arrived.poll(waiting.nanosToNext(System.nanoTime()), TimeUnit.NANOSECONDS);
                return batch == END ? null : batch == null ? NOTHING : batch;
            } catch (InterruptedException e) {
                // Meant for a receiver that has ended meanwhile; what is meant for the lane is told by "abandoned".
            }
        }
        return null;
    }

    /** A receiver may leave its thread interrupted; the next one has no part in that. Looked at before "abandoned". */
    @SuppressWarnings("ReturnValueIgnored") // called to clear it
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
