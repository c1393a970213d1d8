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

/** The end of a bus, which comes once, whoever asks for it first: its owner, the end of the process, or a receiver. Thread-safe. */
final class BusShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    /** What closing may take besides the draining of consumers, before others, such as the end of the process, wait no longer. */
    private static final Duration CLOSING = Duration.ofSeconds(90);

    private final Runnable closeAll;
    private final Supplier<Duration> drainTimeout;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread hook;

    /**
     * @param closeAll closes what the bus holds
     * @param drainTimeout how long its consumers may take for that
     */
    BusShutdown(Runnable closeAll, Supplier<Duration> drainTimeout) {
        this.closeAll = closeAll;
        this.drainTimeout = drainTimeout;
    }

    /** Whether the bus refuses new work. */
    boolean hasBegun() {
        return begun.get();
    }

    /** Closes the bus, or waits until another thread has; a receiver, which would wait for itself, does not wait. */
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
            over.countDown();
            removeHook();
        }
    }

    private static void inBackground(Runnable closing) {
        Thread thread = new Thread(closing, "carillon-closing");
        thread.setDaemon(true);
        thread.start();
    }

    private void await() {
        Duration atMost = CLOSING.plus(drainTimeout.get());
        try {
            if (!over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The event bus is not closed yet, {} s after it was asked to", atMost.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on, the process, told to end, first closes the bus, or waits until whoever is closing it has done so. */
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
            LOG.debug("The process is ending, and has waited for this bus", e);
        }
    }

    /** Closes several things, each one also when one before it cannot be closed. */
    static final class Closing {

        private @Nullable RuntimeException first;

        /** Closes it; what that throws waits for {@link #throwFirst}. */
        void close(AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failed(e);
            } catch (Exception e) {
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

        /** Throws what was thrown first, with the others suppressed; does nothing when everything was closed. */
        void throwFirst() {
            if (first != null) {
                throw first;
            }
        }
    }
}
