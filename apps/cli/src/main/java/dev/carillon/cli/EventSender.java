package dev.carillon.cli;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventProducer;
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

/** Sends events, in order, and waits for the broker's word on each, within one time limit for all. */
final class EventSender implements AutoCloseable {

    /** A broker that is away must not keep the process alive. */
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "carillon-sender");
        thread.setDaemon(true);
        return thread;
    };

    /**
     * What became of an event.
     *
     * @param position where the broker has it; null when it was not sent
     * @param problem why it was not sent; null when it was
     */
    record Outcome(
            UnsentEvent<?> event,
            @Nullable String position,
            @Nullable String problem) {}

    private final EventBus bus;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(DAEMONS);
    private boolean allSent = true;

    /** Takes the bus over. */
    EventSender(EventBus bus) {
        this.bus = bus;
    }

    /** Sends these events; throws {@link dev.carillon.bus.config.SettingsException} when the settings name no broker. */
    List<Outcome> send(List<UnsentEvent<?>> events, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        EventProducer producer = bus.producer();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (UnsentEvent<?> event : events) {
            answers.add(send(event, producer));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            outcomes.add(outcome(events.get(i), answers.get(i), deadline, timeout));
        }
        return outcomes;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the inner future is what thenCompose answers
    private CompletableFuture<String> send(UnsentEvent<?> event, EventProducer producer) {
        return CompletableFuture.supplyAsync(() -> event.sendWith(producer), executor)
                .thenCompose(answer -> answer);
    }

    private Outcome outcome(UnsentEvent<?> event, CompletableFuture<String> answer, long deadline, Duration timeout) {
        String problem;
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            return new Outcome(event, answer.get(left, TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            problem = Errors.message(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            problem = "The broker did not answer within " + seconds(timeout) + " s. Event "
                    + event.signal().eventType() + ", id " + event.metadata().id() + ", may have arrived all the same";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "Interrupted while waiting for the broker";
        }
        allSent = false;
        return new Outcome(event, null, problem);
    }

    private static String seconds(Duration timeout) {
        return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Lets go of the broker; without waiting for it when it did not answer. */
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
