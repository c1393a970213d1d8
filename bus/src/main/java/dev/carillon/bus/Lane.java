package dev.carillon.bus;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Delivers its events one after the other, in a thread of its own. It takes them a batch at a time, so that handing over costs
 * once a batch and not once an event. The engine bounds how many wait.
 */
final class Lane {

    private static final List<Delivery<?>> END = List.of();

    private final BlockingQueue<List<Delivery<?>>> waiting = new LinkedBlockingQueue<>();
    private final Consumer<Delivery<?>> work;
    private final Thread thread;

    Lane(String name, Consumer<Delivery<?>> work) {
        this.work = work;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<Delivery<?>> batch) {
        waiting.add(batch);
    }

    /** Ends the thread behind what waits; interrupts the receiver at work when told not to wait for it. */
    void stop(boolean interrupt) {
        if (interrupt) {
            waiting.clear();
            thread.interrupt();
        }
        waiting.add(END);
    }

    private void run() {
        try {
            List<Delivery<?>> batch = waiting.take();
            while (!batch.isEmpty()) {
                for (Delivery<?> delivery : batch) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    work.accept(delivery);
                }
                batch = waiting.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
