package dev.carillon.bus.kafka;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A member of a group without the engine above it. It polls all the time in a thread of its own, as members must while partitions
 * move: a rebalance ends only when each of them has polled more than once.
 */
final class PollingMember implements AutoCloseable {

    private final List<IncomingMessage> read = new CopyOnWriteArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final SourceBench bench;
    private volatile boolean closing;

    PollingMember(Settings settings, String topic, String group) {
        bench = new SourceBench(settings, topic, group);
        thread.execute(this::poll);
    }

    /** Between two polls there is room for what else the thread is to do. */
    private void poll() {
        try {
            read.addAll(bench.source().poll(100, Duration.ofMillis(50)));
        } catch (TransportException e) {
            // polls again, as the engine does
        } finally {
            if (!closing) {
                thread.execute(this::poll);
            }
        }
    }

    List<IncomingMessage> read() {
        return List.copyOf(read);
    }

    List<GroupIncident> incidents() {
        return bench.incidents();
    }

    boolean owns(IncomingMessage message) {
        return bench.source().owns(message);
    }

    /** Returns when the source has taken them, which is before the broker has. */
    void acknowledge(List<IncomingMessage> messages) {
        CompletableFuture.runAsync(() -> bench.source().acknowledge(messages, acknowledged::incrementAndGet), thread)
                .join();
    }

    /** How many acknowledgements the broker has taken. */
    int acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void close() {
        closing = true;
        CompletableFuture.runAsync(bench::close, thread).join();
        thread.shutdown();
    }
}
