package dev.carillon.bus;

import dev.carillon.bus.internal.SendTracker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a bus exactly once, whether its owner, the shutdown of the process, or a receiver requests it first. Thread-safe. */
final class BusShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    /** How long others, such as the shutdown hook, wait for closing, in addition to the drain timeout of the consumers. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(90);

    private final Runnable closeAll;
    private final Supplier<Duration> drainTimeout;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private @Nullable Thread hook;

    /**
     * @param closeAll closes everything that the bus has opened
     * @param drainTimeout how long its consumers may take to drain
     */
    BusShutdown(Runnable closeAll, Supplier<Duration> drainTimeout) {
        this.closeAll = closeAll;
        this.drainTimeout = drainTimeout;
    }

    /** Whether the bus rejects new work. */
    boolean hasBegun() {
        return begun.get();
    }

    /**
     * Closes the bus, or waits until another thread has closed it. Does not wait when a receiver calls it: it would wait for
     * itself.
     */
    void close() {
        boolean first = begun.compareAndSet(false, true);
        if (SendTracker.current() != null) {
            if (first) {
                inBackground(this::closeNow);
            }
        } else if (first) {
            closeNow();
        } else {
            await();
        }
    }

    private void closeNow() {
        try {
            closeAll.run();
        } finally {
            finished.countDown();
            removeHook();
        }
    }

    private static void inBackground(Runnable closing) {
        Thread thread = new Thread(closing, "carillon-closing");
        thread.setDaemon(true);
        thread.start();
    }

    private void await() {
        Duration atMost = CLOSE_TIMEOUT.plus(drainTimeout.get());
        try {
            if (!finished.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Event bus is still closing after {} s; no longer waiting for it", atMost.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds a shutdown hook: before the process ends, it closes the bus, or waits until the thread that is closing it has
     * finished.
     */
    synchronized void closeWithProcess() {
        if (hook == null && !hasBegun()) {
            Thread added = new Thread(
                    () -> {
                        inBackground(this::close);
                        await();
                    },
                    "carillon-shutdown");
            Runtime.getRuntime().addShutdownHook(added);
            hook = added;
        }
    }

    private synchronized void removeHook() {
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
                hook = null;
            }
        } catch (IllegalStateException e) {
            LOG.debug("Shutdown hook not removed: the process is already ending", e);
        }
    }

    /** Closes several resources; a failure does not prevent the next from being closed. */
    static final class Closing {

        private @Nullable RuntimeException first;

        /** Closes the resource. An exception is kept for {@link #throwFirst}. */
        void close(AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failed(e);
            } catch (Exception | LinkageError | AssertionError e) {
                failed(new IllegalStateException(
                        "Could not close " + closeable.getClass().getName(), e));
            }
        }

        private void failed(RuntimeException failure) {
            if (first == null) {
                first = failure;
            } else {
                first.addSuppressed(failure);
            }
        }

        /** Throws the first exception, with the others suppressed; does nothing when everything was closed. */
        void throwFirst() {
            if (first != null) {
                throw first;
            }
        }
    }
}
