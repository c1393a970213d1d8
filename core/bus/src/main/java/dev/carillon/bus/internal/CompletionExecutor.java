package dev.carillon.bus.internal;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Completes sends in threads of its own. Callbacks that senders attach to a send may block, for example on another send. In the
 * client's I/O thread, that would be a deadlock. A thread that blocks on a future is compensated by another one. Thread-safe.
 */
public final class CompletionExecutor implements AutoCloseable {

    /** Completing a send is cheap: a second thread would cost more than it saves. A thread that blocks is compensated. */
    private static final int THREADS = 1;

    private static final int MAX_THREADS = 256;
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ForkJoinPool pool = new ForkJoinPool(
            THREADS,
            CompletionExecutor::thread,
            null,
            true,
            THREADS,
            MAX_THREADS,
            1,
            saturated -> true,
            IDLE_TIMEOUT.toSeconds(),
            TimeUnit.SECONDS);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread is about to run the completions. */
    private final AtomicBoolean awake = new AtomicBoolean();

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("carillon-sent-" + thread.getPoolIndex());
        return thread;
    }

    /** Completes a send. Runs in the calling thread if this executor is closed. */
    public void run(Runnable completion) {
        waiting.add(completion);
        wake();
    }

    private void wake() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            try {
                pool.execute(this::runAll);
            } catch (RejectedExecutionException e) {
                runAll();
            }
        }
    }

    /** Wakes another thread for the remaining completions before it runs one, because that one may block until the others have run. */
    private void runAll() {
        awake.set(false);
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!waiting.isEmpty()) {
                wake();
            }
            next.run();
        }
    }

    /** Waits at most 5 seconds for running completions. Restores the interrupt flag if interrupted. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
