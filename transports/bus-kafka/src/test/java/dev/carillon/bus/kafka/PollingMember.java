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
 * A member of a group, without the engine. Polls continuously in its own thread, as a rebalance needs several polls of each member.
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

    /** One poll per task, so that other tasks run between polls. */
    private void poll() {
        try {
            read.addAll(bench.source().poll(100, Duration.ofMillis(50)));
        } catch (TransportException e) {
            // the engine also polls again
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

    /** Returns before the broker has committed them. */
    void acknowledge(List<IncomingMessage> messages) {
        CompletableFuture.runAsync(() -> bench.source().acknowledge(messages, acknowledged::incrementAndGet), thread)
                .join();
    }

    /** The number of acknowledgements that the broker has committed. */
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
