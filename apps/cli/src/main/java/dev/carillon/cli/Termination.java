package dev.carillon.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into a clean end: work is told to stop, and the process ends when it has, with the exit code of
 * the work instead of the signal's. While open, one for the process.
 */
final class Termination implements AutoCloseable {

    /** Longer than a consumer may drain. */
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = ExitCode.FAILED;

    private Termination(Runnable stop) {
        this.hook = new Thread(() -> terminate(stop), "carillon-termination");
    }

    /** From now on, until closed, a signal calls {@code stop} and waits for {@link #close()}. */
    static Termination calls(Runnable stop) {
        Termination termination = new Termination(stop);
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    private void terminate(Runnable stop) {
        stop.run();
        try {
            if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has ended with this exit code, which is returned. */
    int endedWith(int exitCode) {
        this.exitCode = exitCode;
        return exitCode;
    }

    /** Signals do again what they always do. After a signal, the process ends now. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook waits for this.
            ended.countDown();
        }
    }
}
