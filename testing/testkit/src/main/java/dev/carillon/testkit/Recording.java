package dev.carillon.testkit;

import dev.carillon.events.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Recorded events that tests can wait for. Thread-safe. */
final class Recording {

    private final Lock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Event<?>> events = new ArrayList<>();

    void add(Event<?> event) {
        lock.lock();
        try {
            events.add(event);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<Event<?>> all() {
        lock.lock();
        try {
            return new ArrayList<>(events);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            events.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@code done}, then checks {@code right}: they differ when there are more events than expected. */
    List<Event<?>> await(
            String what, Duration timeout, Predicate<List<Event<?>>> done, Predicate<List<Event<?>>> right) {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!done.test(all()) && left > 0) {
                left = grown.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, "interrupted while waiting");
        } finally {
            lock.unlock();
        }
        List<Event<?>> all = all();
        if (!right.test(all)) {
            throw failure(what, done.test(all) ? "" : "within " + seconds(timeout));
        }
        return all;
    }

    private static String seconds(Duration timeout) {
        return timeout.toMillis() / (double) TimeUnit.SECONDS.toMillis(1) + " s";
    }

    private AssertionError failure(String what, String when) {
        List<Event<?>> all = all();
        StringBuilder message = new StringBuilder("Expected ").append(what);
        if (!when.isEmpty()) {
            message.append(' ').append(when);
        }
        message.append(all.isEmpty() ? ", but received nothing" : ", but received:");
        for (int i = 0; i < all.size(); i++) {
            Event<?> event = all.get(i);
            message.append("\n  ")
                    .append(i + 1)
                    .append(". ")
                    .append(event.signal().eventType());
            message.append(", id ").append(event.metadata().id()).append(event.fromBus() ? ", from the bus: " : ": ");
            message.append(event.data());
        }
        return new AssertionError(message.toString());
    }
}
