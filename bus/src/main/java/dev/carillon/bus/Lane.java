package dev.carillon.bus;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Does its tasks one after the other, in a thread of its own. It takes them a batch at a time, so that handing over costs once a
 * batch and not once an event. The engine bounds how many wait.
 */
final class Lane {

    private static final List<Task> END = List.of();

    private final BlockingQueue<List<Task>> waiting = new LinkedBlockingQueue<>();
    private final Consumer<Task> work;
    private final Runnable atPause;
    private final Thread thread;
    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The lane calls {@code atPause} behind each batch, and when it {@link #hasEnded()}. */
    Lane(String name, Consumer<Task> work, Runnable atPause) {
        this.work = work;
        this.atPause = atPause;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<Task> batch) {
        waiting.add(batch);
    }

    /** Ends behind what waits. */
    void finish() {
        waiting.add(END);
    }

    /** Ends behind the task at work; what waits is left undone. */
    void abandon() {
        abandoned = true;
        waiting.add(END);
    }

    /** Interrupts the receiver at work, for a lane that is abandoned. */
    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return ended;
    }

    private void run() {
        try {
            for (List<Task> batch = next(); !batch.isEmpty(); batch = next()) {
                for (Task task : batch) {
                    clearInterrupt();
                    if (abandoned) {
                        return;
                    }
                    work.accept(task);
                }
                atPause.run();
            }
        } finally {
            ended = true;
            atPause.run();
        }
    }

    private List<Task> next() {
        while (!abandoned) {
            clearInterrupt();
            try {
                return waiting.take();
            } catch (InterruptedException e) {
                // Meant for a receiver that has ended meanwhile; what is meant for the lane is told by "abandoned".
            }
        }
        return END;
    }

    /** A receiver may leave its thread interrupted; the next one has no part in that. Looked at before "abandoned". */
    @SuppressWarnings("ReturnValueIgnored") // called to clear it
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
