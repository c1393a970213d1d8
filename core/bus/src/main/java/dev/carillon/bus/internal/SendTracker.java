package dev.carillon.bus.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The events that receivers send in the course of one delivery: it is over when the broker has them, and it has failed when one
 * of them could not be published. {@link #begin} and {@link #end} are called by the thread that calls the receivers; sends of
 * that thread count, whichever producer makes them, and those of other threads do not.
 */
public final class SendTracker {

    /** Travels with the call of the receivers, through code of the user's, to the producer: nothing is kept beyond the call. */
    private static final ThreadLocal<@Nullable SendTracker> CURRENT = new ThreadLocal<>();

    private final @Nullable SendTracker outer;
    private @Nullable CompletableFuture<Void> outputs;
    private @Nullable Throwable failure;
    private int unanswered;
    private boolean ended;

    private SendTracker(@Nullable SendTracker outer) {
        this.outer = outer;
    }

    /** From now on, what the calling thread sends belongs to a delivery. */
    public static SendTracker begin() {
        SendTracker tracker = new SendTracker(CURRENT.get());
        CURRENT.set(tracker);
        return tracker;
    }

    /** Of the delivery that the calling thread is at work on; null when it is at none. */
    public static @Nullable SendTracker current() {
        return CURRENT.get();
    }

    /**
     * The receivers have returned.
     *
     * @return null when nothing was sent; else done when the answers to all that was sent are there, exceptionally, with the first
     *     failure, when something could not be published. It is completed by a thread of the broker's client, which must not
     *     be kept waiting.
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
        completeIfAnswered();
        return outputs;
    }

    /** An event is on its way. */
    public void sent() {
        synchronized (this) {
            unanswered++;
            if (outputs == null) {
                outputs = new CompletableFuture<>();
            }
        }
    }

    /** What became of one that is on its way; called by any thread. */
    public void answered(@Nullable Throwable why) {
        synchronized (this) {
            unanswered--;
            if (failure == null) {
                failure = why;
            }
        }
        completeIfAnswered();
    }

    private void completeIfAnswered() {
        CompletableFuture<Void> done;
        Throwable why;
        synchronized (this) {
            done = ended && unanswered == 0 ? outputs : null;
            why = failure;
        }
        if (done != null && why == null) {
            done.complete(null);
        } else if (done != null) {
            done.completeExceptionally(why);
        }
    }
}
