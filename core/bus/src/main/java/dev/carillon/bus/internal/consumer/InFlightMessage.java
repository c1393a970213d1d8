package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.consumer.Resolver.Resolution;
import dev.carillon.bus.internal.deadletter.Origin;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import dev.carillon.events.PiiScrubber;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read and is not yet acknowledged, with its key, its origin and, once resolved, its delivery. The polling
 * thread and the worker of its key pass it to each other through queues. While it waits behind other messages, it may be deferred:
 * it drops its data, which are read again when its turn comes.
 */
final class InFlightMessage {

    private enum State {
        WAITING,
        IN_PROGRESS,
        /** In progress, but its partition is being revoked: it will not be processed again. */
        IN_PROGRESS_REVOKED,
        FINISHED,
        /** Its partition is being revoked: it will not be processed. */
        REVOKED,
        /** Its partition now belongs to another member. */
        LOST
    }

    /** How {@link InFlightMessages} counts it. */
    enum Counted {
        /** With its data. */
        IN_MEMORY,
        /** Only with its position. */
        DEFERRED,
        NOT
    }

    private final Origin origin;
    private final long number;
    private final Partition partition;
    private final int bytes;
    private final long arrivedNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile IncomingMessage message;
    private volatile boolean hasData = true;
    private volatile boolean gone;
    private Object orderingKey = "";
    private boolean deferred;
    private @Nullable Resolution resolution;
    private @Nullable BooleanSupplier refusedCompletion;
    private Counted counted = Counted.NOT;
    private boolean acknowledgeable;

    /**
     * @param number increases in the order in which messages are read
     * @param arrivedNanos when it was read, by {@link System#nanoTime()}
     */
    InFlightMessage(IncomingMessage message, Origin origin, long number, long arrivedNanos) {
        this.message = message;
        this.origin = origin;
        this.number = number;
        this.arrivedNanos = arrivedNanos;
        this.partition = new Partition(message.topic(), message.partition());
        this.bytes = message.data().length - message.dataStart();
    }

    /** The message; without headers, key and data while they are dropped. */
    IncomingMessage message() {
        return message;
    }

    /** Its original topic and position. */
    Origin origin() {
        return origin;
    }

    Partition partition() {
        return partition;
    }

    /** Increases in the order in which messages were read. */
    long number() {
        return number;
    }

    /** When it was read, by {@link System#nanoTime()}; the same for all messages of one poll. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Events with equal ordering keys are delivered in order: the event's key or, without one, its partition. */
    Object orderingKey() {
        return orderingKey;
    }

    /** Set by the polling thread, before a worker gets the message. */
    void setOrderingKey(Object key) {
        orderingKey = key;
    }

    /** The result of the {@link Resolver}; null before it is resolved, and after it was deferred. */
    @Nullable
    Resolution resolution() {
        return resolution;
    }

    void setResolution(@Nullable Resolution resolution) {
        this.resolution = resolution;
    }

    /** The delivery to receivers; null when there is none, or when the message is not resolved. */
    @Nullable
    Delivery<?> delivery() {
        return resolution instanceof Delivery<?> delivery ? delivery : null;
    }

    /** The completion that the broker refused, to be retried; null when none was refused. Used by its worker only. */
    @Nullable
    BooleanSupplier refusedCompletion() {
        return refusedCompletion;
    }

    void setRefusedCompletion(@Nullable BooleanSupplier completion) {
        refusedCompletion = completion;
    }

    /** The size of its data in bytes, even while they are dropped. */
    int bytes() {
        return bytes;
    }

    /** Used by the polling thread only. */
    Counted counted() {
        return counted;
    }

    void setCounted(Counted counted) {
        this.counted = counted;
    }

    /** Used by the polling thread only. */
    boolean isAcknowledgeable() {
        return acknowledgeable;
    }

    void setAcknowledgeable() {
        acknowledgeable = true;
    }

    /** Whether it is deferred, or was read again and must be resolved again. */
    boolean isDeferred() {
        return deferred;
    }

    /** Drops its data; it waits until {@link #undefer()}. */
    void defer() {
        deferred = true;
        dropData();
    }

    /** Ends the deferral: it has its data again and continues as if it had just been read. */
    void undefer() {
        deferred = false;
    }

    /** Drops everything except the position, to save memory. */
    void dropData() {
        IncomingMessage whole = message;
        resolution = null;
        message = new IncomingMessage(
                whole.topic(), whole.partition(), whole.position(), List.of(), null, new byte[0], 0, null, null);
        hasData = false;
    }

    /** Restores the data from the message that was read again. */
    void restore(IncomingMessage again) {
        message = again;
        hasData = true;
    }

    boolean hasData() {
        return hasData;
    }

    /** Records that the message is no longer in its topic, so it cannot be delivered. */
    void setGone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** A worker begins to process it. Returns false when it was revoked and must not be processed. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.IN_PROGRESS);
    }

    /** The worker will process it again later. Returns false when it must not, because it was revoked. */
    boolean pause() {
        if (state.compareAndSet(State.IN_PROGRESS, State.WAITING)) {
            return true;
        }
        state.compareAndSet(State.IN_PROGRESS_REVOKED, State.REVOKED);
        return false;
    }

    /** Prevents further processing. If it is in progress, it is not stopped, but will not be processed again. */
    void revoke() {
        if (!state.compareAndSet(State.WAITING, State.REVOKED)) {
            state.compareAndSet(State.IN_PROGRESS, State.IN_PROGRESS_REVOKED);
        }
    }

    /** It belongs to another member now: whatever its result here, it is neither acknowledged nor dead-lettered. */
    void lose() {
        state.set(State.LOST);
    }

    /** Whether this member must not begin to process it. */
    boolean isRevoked() {
        State now = state.get();
        return now == State.REVOKED || now == State.LOST;
    }

    boolean isLost() {
        return state.get() == State.LOST;
    }

    boolean isInProgress() {
        State now = state.get();
        return now == State.IN_PROGRESS || now == State.IN_PROGRESS_REVOKED;
    }

    boolean isFinished() {
        return state.get() == State.FINISHED;
    }

    /** Marks it as finished; does nothing when it was lost meanwhile. */
    void finish() {
        State now = state.get();
        while (now != State.LOST && !state.compareAndSet(now, State.FINISHED)) {
            now = state.get();
        }
    }

    /** A copy of a failure that is safe to log: it contains no event data. */
    Throwable loggable(Throwable failure) {
        Delivery<?> delivery = delivery();
        return delivery == null ? PiiScrubber.withoutMessages(failure) : delivery.loggable(failure);
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
