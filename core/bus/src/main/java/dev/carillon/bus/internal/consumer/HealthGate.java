package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.internal.Secrets;
import dev.carillon.events.internal.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops delivery while something that the receivers need, such as their database, is away: then nothing is read and no attempt
 * is spent. The check runs in a thread of its own, so that one that hangs keeps nobody else from showing that it lives; while it
 * takes longer than {@value #SECONDS_TO_ANSWER} s, it counts as a no. Thread-safe.
 */
final class HealthGate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    private static final int SECONDS_TO_ANSWER = 5;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(SECONDS_TO_ANSWER);

    private final BooleanSupplier healthy;
    private final long intervalNanos;
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> asked = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean checking;
    private volatile long begunNanos;
    private volatile boolean closed;

    HealthGate(BooleanSupplier healthy, Duration every, String name) {
        this.healthy = healthy;
        this.intervalNanos = every.toNanos();
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Begins to check; a check that always says yes needs none. */
    void start() {
        if (needsChecks()) {
            thread.start();
        }
    }

    private boolean needsChecks() {
        return healthy != ConsumerOptions.ALWAYS_HEALTHY;
    }

    /** How long to wait before it is worth to look again. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** As the last check said; no while one is overdue. Does not wait. */
    boolean isOpen() {
        return open && !(checking && System.nanoTime() - begunNanos > ANSWER_NANOS);
    }

    /** What a check says that begins now. Waits for it, at most for {@value #SECONDS_TO_ANSWER} s; later counts as no. */
    boolean checkNow() {
        if (!needsChecks()) {
            return true;
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        asked.add(answer);
        try {
            return answer.get(ANSWER_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isOpen();
        }
    }

    private void run() {
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        while (!closed) {
            asked.drainTo(waiting);
            boolean now = check();
            waiting.forEach(each -> each.complete(now));
            waiting.clear();
            try {
                CompletableFuture<Boolean> next = asked.poll(intervalNanos, TimeUnit.NANOSECONDS);
                if (next != null) {
                    waiting.add(next);
                }
            } catch (InterruptedException e) {
                LOG.debug("The health check was interrupted", e);
            }
        }
    }

    /** A check that fails means no. Only changes are logged. */
    private boolean check() {
        begunNanos = System.nanoTime();
        checking = true;
        boolean now;
        String no = "says no";
        try {
            now = healthy.getAsBoolean();
        } catch (RuntimeException | Error e) {
            now = false;
            no = "failed with " + Shown.message(Secrets.inMessage(textOf(e)));
        }
        if (now && !open) {
            LOG.warn("The health check says yes again: going on");
        } else if (!now && open) {
            LOG.warn("The health check {}: pausing", no);
        }
        open = now;
        checking = false;
        return now;
    }

    /** An exception of somebody else's may fail at saying what it is. */
    private static String textOf(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | Error e) {
            return failure.getClass().getName();
        }
    }

    /** Ends the checks; one that hangs is interrupted. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
