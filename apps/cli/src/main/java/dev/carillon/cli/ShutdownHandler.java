package dev.carillon.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process cleanly on SIGTERM and SIGINT: stops the work, waits until it has ended, and exits with the work's exit
 * code instead of the signal's. The process has at most one open handler at a time.
 */
final class ShutdownHandler implements AutoCloseable {

    /** Longer than a consumer takes to drain by default. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = ExitCode.FAILED;

    private ShutdownHandler(Runnable stop, Duration timeout) {
        this.hook = new Thread(() -> shutDown(stop, timeout), "carillon-shutdown");
    }

    /** Until the handler is closed, a signal calls {@code stop} and waits for {@link #close()}, for at most a minute. */
    static ShutdownHandler onSignal(Runnable stop) {
        return onSignal(stop, TIMEOUT);
    }

    /** As {@link #onSignal(Runnable)}, but waits as long as {@code timeout} says. */
    static ShutdownHandler onSignal(Runnable stop, Duration timeout) {
        ShutdownHandler handler = new ShutdownHandler(stop, timeout);
        Runtime.getRuntime().addShutdownHook(handler.hook);
        return handler;
    }

    private void shutDown(Runnable stop, Duration timeout) {
        stop.run();
        try {
            if (ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sets the exit code for a process that a signal ends, and returns it. Without this call it is 1. */
    int endedWith(int exitCode) {
        this.exitCode = exitCode;
        return exitCode;
    }

    /** The work has ended. After a signal, the process exits now; otherwise signals end it as usual from now on. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is shutting down, and the hook waits for this.
            ended.countDown();
        }
    }
}
