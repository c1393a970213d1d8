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
 * Where senders hear what became of their events: in threads of their own, because what they hang on to a send may wait, for
 * another send say, and the client's I/O thread would then wait for itself. A thread that waits for a future is made up for by
 * another one.
 */
public final class CompletionExecutor implements AutoCloseable {

    /** Completing a send is little work: a second thread would cost more than it takes over. One that waits is replaced. */
    private static final int THREADS = 1;

    private static final int MOST_THREADS = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ForkJoinPool pool = new ForkJoinPool(
            THREADS,
            CompletionExecutor::thread,
            null,
            true,
            THREADS,
            MOST_THREADS,
            1,
            saturated -> true,
            IDLE.toSeconds(),
            TimeUnit.SECONDS);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread is about to run them. */
    private final AtomicBoolean awake = new AtomicBoolean();

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("carillon-sent-" + thread.getPoolIndex());
        return thread;
    }

    /** Completes a send; here and now when this was closed before. */
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

    /** While one runs, which may wait for those behind it, another thread can go on with those. */
    private void runAll() {
        awake.set(false);
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!waiting.isEmpty()) {
                wake();
            }
            next.run();
        }
    }

    /** Waits a little for what runs. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            pool.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
