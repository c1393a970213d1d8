package dev.carillon.cli;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventProducer;
import dev.carillon.bus.transport.TransportException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events in order and waits for the broker to acknowledge them, within one timeout for all. Closes the bus when it is
 * closed itself. For one thread.
 */
final class EventSender implements AutoCloseable {

    /** Short: callers may not wait much longer than their own timeout for the events that were not sent. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    /** Daemon threads: an unavailable broker must not keep the process alive. */
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "carillon-sender");
        thread.setDaemon(true);
        return thread;
    };

    /**
     * The result for one event.
     *
     * @param position the event's position at the broker; null when it was not sent
     * @param error why it was not sent; null when it was
     */
    record Result(
            UnsentEvent<?> event,
            @Nullable String position,
            @Nullable String error) {}

    private final EventBus bus;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(DAEMONS);
    private boolean allSent = true;
    private @Nullable String unavailable;

    EventSender(EventBus bus) {
        this.bus = bus;
    }

    /** Returns a result for each event. Throws {@link dev.carillon.bus.config.SettingsException} when the settings name no broker. */
    List<Result> send(List<UnsentEvent<?>> events, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        EventProducer producer = bus.producer();
        List<CompletableFuture<String>> positions = new ArrayList<>();
        for (UnsentEvent<?> event : events) {
            positions.add(send(event, producer));
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            results.add(await(events.get(i), positions.get(i), deadline, timeout));
        }
        return results;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the inner future is what thenCompose returns
    private CompletableFuture<String> send(UnsentEvent<?> event, EventProducer producer) {
        return CompletableFuture.supplyAsync(() -> event.sendWith(producer), executor)
                .thenCompose(position -> position);
    }

    private Result await(UnsentEvent<?> event, CompletableFuture<String> position, long deadline, Duration timeout) {
        String error;
        try {
            long remaining = Math.max(0, deadline - System.nanoTime());
            return new Result(event, position.get(remaining, TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            error = ErrorHandler.message(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            error = "The broker did not acknowledge event " + event.signal().eventType() + ", id "
                    + event.metadata().id() + ", within " + seconds(timeout) + " s; it may have stored it nevertheless"
                    + unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            error = "Interrupted while waiting for the broker";
        }
        allSent = false;
        return new Result(event, null, error);
    }

    /** Why the broker is unavailable, with its address; empty when it responds, or if a quick probe does not find out. */
    private String unavailable() {
        if (unavailable == null) {
            unavailable = probe();
        }
        return unavailable;
    }

    private String probe() {
        CompletableFuture<Void> probe = CompletableFuture.runAsync(
                () -> {
                    try (BusAdmin admin = bus.admin()) {
                        admin.topics();
                    }
                },
                task -> DAEMONS.newThread(task).start());
        try {
            probe.get(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return e.getCause() instanceof TransportException cause ? ". " + ErrorHandler.message(cause) : "";
        } catch (TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Closes the bus. Does not wait for it when the broker did not acknowledge everything. */
    @Override
    public void close() {
        executor.shutdown();
        if (allSent) {
            bus.close();
        } else {
            DAEMONS.newThread(bus::close).start();
        }
    }
}
