package dev.carillon.bus.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the events that receivers send during one delivery. The delivery is complete when the broker has acknowledged them
 * all; it fails when one of them could not be published. {@link #begin} and {@link #end} are called by the thread that calls
 * the receivers. Sends by that thread count, whichever producer makes them; sends by other threads do not.
 */
public final class SendTracker {

    /** Carries the tracker through the receivers' code to the producer. Restored when the call ends. */
    private static final ThreadLocal<@Nullable SendTracker> CURRENT = new ThreadLocal<>();

    private final @Nullable SendTracker outer;
    private @Nullable CompletableFuture<Void> outputs;
    private @Nullable Throwable failure;
    private int pending;
    private boolean ended;

    private SendTracker(@Nullable SendTracker outer) {
        this.outer = outer;
    }

    /** Starts tracking: from now on, events sent by the calling thread belong to this delivery. */
    public static SendTracker begin() {
        SendTracker tracker = new SendTracker(CURRENT.get());
        CURRENT.set(tracker);
        return tracker;
    }

    /** The tracker of the delivery that the calling thread is processing; null when there is none. */
    public static @Nullable SendTracker current() {
        return CURRENT.get();
    }

    /**
     * Ends tracking, after the receivers have returned.
     *
     * @return null when nothing was sent; otherwise a future that completes when the broker has responded to all sends,
     *     exceptionally with the first failure. It may be completed by a thread of the broker's client, which must not be
     *     blocked.
     */
    @Nullable
    public CompletableFuture<Void> end() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        synchronized (this) {
            ended = true;
        }
        completeIfDone();
        return outputs;
    }

    /** Records that an event was sent. */
    public void sent() {
        synchronized (this) {
            pending++;
            if (outputs == null) {
                outputs = new CompletableFuture<>();
            }
        }
    }

    /** Records the result of one send: null for success. May be called by any thread. */
    public void completed(@Nullable Throwable why) {
        synchronized (this) {
            pending--;
            if (failure == null) {
                failure = why;
            }
        }
        completeIfDone();
    }

    private void completeIfDone() {
        CompletableFuture<Void> done;
        Throwable why;
        synchronized (this) {
            done = ended && pending == 0 ? outputs : null;
            why = failure;
        }
        if (done != null && why == null) {
            done.complete(null);
        } else if (done != null) {
            done.completeExceptionally(why);
        }
    }
}
