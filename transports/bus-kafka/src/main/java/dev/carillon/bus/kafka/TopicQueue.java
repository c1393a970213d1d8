package dev.carillon.bus.kafka;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Hands the messages of one topic on in their order, in one thread at a time, which is not the sender's: to find a schema's id
 * or a topic's partitions may take long, and then neither senders nor other topics wait.
 */
final class TopicQueue {

    private final Executor threads;
    private final Consumer<Send> work;
    private Queue<Send> waiting = new ArrayDeque<>();
    private boolean working;

    TopicQueue(Executor threads, Consumer<Send> work) {
        this.threads = threads;
        this.work = work;
    }

    void add(Send send) {
        synchronized (this) {
            waiting.add(send);
            if (working) {
                return;
            }
            working = true;
        }
        try {
            threads.execute(this::drain);
        } catch (RuntimeException | Error e) { // no thread: the next message asks for one again
            synchronized (this) {
                working = false;
                waiting.remove(send);
            }
            throw e;
        }
    }

    private void drain() {
        for (Queue<Send> batch = next(); !batch.isEmpty(); batch = next()) {
            batch.forEach(work);
        }
    }

    private synchronized Queue<Send> next() {
        Queue<Send> batch = waiting;
        if (batch.isEmpty()) {
            working = false;
        } else {
            waiting = new ArrayDeque<>();
        }
        return batch;
    }
}
