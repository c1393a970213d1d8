package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.events.internal.Secrets;
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

/**
 * Pauses delivery while a dependency of the receivers, such as their database, is unavailable: nothing is read and no attempt
 * counts. The check runs in a thread of its own, so that a check that hangs does not make other threads appear dead. A
 * check that takes longer than {@value #TIMEOUT_SECONDS} s counts as unhealthy until it returns. Thread-safe.
 */
final class HealthGate implements AutoCloseable {

    private static final Logger LOG = Loggers.CONSUMER;
    private static final int TIMEOUT_SECONDS = 5;
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);

    private final BooleanSupplier healthy;
    private final long intervalNanos;
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> requests = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean checking;
    private volatile long begunNanos;
    private volatile boolean closed;

    HealthGate(BooleanSupplier healthy, Duration interval, String name) {
        this.healthy = healthy;
        this.intervalNanos = interval.toNanos();
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Starts the checks. {@link ConsumerOptions#ALWAYS_HEALTHY} needs none. */
    void start() {
        if (needsChecks()) {
            thread.start();
        }
    }

    private boolean needsChecks() {
        return healthy != ConsumerOptions.ALWAYS_HEALTHY;
    }

    /** The interval between two checks, in nanoseconds: checking the gate more often is useless. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** Whether the last check was healthy; false while a check is overdue. Does not block. */
    boolean isOpen() {
        return open && !(checking && System.nanoTime() - begunNanos > TIMEOUT_NANOS);
    }

    /**
     * Runs a new check and returns its result. Blocks for at most {@value #TIMEOUT_SECONDS} s, then returns false. When
     * interrupted, returns {@link #isOpen()} and restores the interrupt flag.
     */
    boolean checkNow() {
        if (!needsChecks()) {
            return true;
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        requests.add(answer);
        try {
            return answer.get(TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
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
            requests.drainTo(waiting);
            boolean now = check();
            StopSignal.clearInterrupt(); // otherwise, the next wait would end at once, and so would each one after it
            waiting.forEach(each -> each.complete(now));
            waiting.clear();
            if (closed) {
                return;
            }
            try {
                CompletableFuture<Boolean> next = requests.poll(intervalNanos, TimeUnit.NANOSECONDS);
                if (next != null) {
                    waiting.add(next);
                }
            } catch (InterruptedException e) {
                LOG.debug("The health check was interrupted", e);
            }
        }
    }

    /** A check that throws counts as unhealthy. Only changes are logged. */
    private boolean check() {
        begunNanos = System.nanoTime();
        checking = true;
        boolean now;
        String no = "returned false";
        try {
            now = healthy.getAsBoolean();
        } catch (Throwable e) { // also a checked exception that its method does not declare
            now = false;
            no = "failed with " + Shown.message(Secrets.inMessage(textOf(e)));
        }
        if (now && !open) {
            LOG.warn("Health check returned true again: continuing");
        } else if (!now && open) {
            LOG.warn("Health check {}: pausing", no);
        }
        open = now;
        checking = false;
        return now;
    }

    /** The text of an exception; its class name when its own {@code toString()} throws. */
    private static String textOf(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | Error e) {
            return failure.getClass().getName();
        }
    }

    /** Ends the checks. Interrupts a check that hangs. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
