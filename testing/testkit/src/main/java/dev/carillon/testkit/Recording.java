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

/** A list of events that grows, and that can be waited on. Thread-safe. */
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

    /** Waits until {@code done}, then checks that the end is {@code right}: the two differ where more came than awaited. */
    List<Event<?>> await(
            String what, Duration patience, Predicate<List<Event<?>>> done, Predicate<List<Event<?>>> right) {
        long left = patience.toNanos();
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
            throw failure(what, done.test(all) ? "" : "within " + seconds(patience));
        }
        return all;
    }

    private static String seconds(Duration patience) {
        return patience.toMillis() / (double) TimeUnit.SECONDS.toMillis(1) + " s";
    }

    private AssertionError failure(String what, String when) {
        List<Event<?>> all = all();
        StringBuilder message = new StringBuilder("Expected ").append(what);
        if (!when.isEmpty()) {
            message.append(' ').append(when);
        }
        message.append(all.isEmpty() ? ", but nothing came" : ", but what came is:");
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
