package dev.carillon.bus;

import org.jspecify.annotations.Nullable;

/** Closes several things, each one also when one before it cannot be closed. */
final class Closing {

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
