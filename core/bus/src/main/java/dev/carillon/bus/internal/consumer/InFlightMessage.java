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
 * A message that was read and is not yet acknowledged, with everything that is known about it: its key, where it came from, and,
 * once resolved, its delivery. It changes hands between the polling thread and the worker of its key, always through a queue.
 * While it waits behind others it may be deferred: it drops its data, which are read again when it is its turn.
 */
final class InFlightMessage {

    private enum State {
        WAITING,
        IN_PROGRESS,
        /** In progress, but its partition is being revoked: it is not begun again. */
        IN_PROGRESS_FOR_THE_LAST_TIME,
        FINISHED,
        /** Its partition is being revoked: it is not begun any more. */
        REVOKED,
        /** Its partition belongs to another member by now. */
        LOST
    }

    /** How {@link InFlightMessages} counts it. */
    enum Counted {
        /** With its data. */
        IN_MEMORY,
        /** By its position alone. */
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
     * @param number counts up in the order in which messages are read
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

    /** Where it came from first. */
    Origin origin() {
        return origin;
    }

    Partition partition() {
        return partition;
    }

    /** In the order in which messages were read. */
    long number() {
        return number;
    }

    /** When it was read, by {@link System#nanoTime()}; the same for all messages of one poll. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Events of equal ordering keys are delivered in order: the event's key or, without one, its partition. */
    Object orderingKey() {
        return orderingKey;
    }

    /** Set by the polling thread, before a worker gets the message. */
    void setOrderingKey(Object key) {
        orderingKey = key;
    }

    /** What the message turned out to be; null before that, and again after it was deferred. */
    @Nullable
    Resolution resolution() {
        return resolution;
    }

    void setResolution(@Nullable Resolution resolution) {
        this.resolution = resolution;
    }

    /** The delivery to receivers; null where there is none, or it is not resolved yet. */
    @Nullable
    Delivery<?> delivery() {
        return resolution instanceof Delivery<?> delivery ? delivery : null;
    }

    /** Completing it, which the broker refused; null when it was not refused. Its worker's. */
    @Nullable
    BooleanSupplier refusedCompletion() {
        return refusedCompletion;
    }

    void setRefusedCompletion(@Nullable BooleanSupplier completion) {
        refusedCompletion = completion;
    }

    /** The size of its data, also while they are dropped. */
    int bytes() {
        return bytes;
    }

    /** The polling thread's. */
    Counted counted() {
        return counted;
    }

    void setCounted(Counted counted) {
        this.counted = counted;
    }

    /** The polling thread's. */
    boolean isAcknowledgeable() {
        return acknowledgeable;
    }

    void setAcknowledgeable() {
        acknowledgeable = true;
    }

    /** Whether it waits by its position alone, or was read again and is to be resolved again. */
    boolean isDeferred() {
        return deferred;
    }

    /** Drops its data; it waits until {@link #unpark()}. */
    void defer() {
        deferred = true;
        dropData();
    }

    /** It has its data again and goes on as if it had just been read. */
    void unpark() {
        deferred = false;
    }

    /** Drops what takes memory and keeps the position. */
    void dropData() {
        IncomingMessage whole = message;
        resolution = null;
        message = new IncomingMessage(
                whole.topic(), whole.partition(), whole.position(), List.of(), null, new byte[0], 0, null, null);
        hasData = false;
    }

    /** Takes the message as it was read again. */
    void restore(IncomingMessage again) {
        message = again;
        hasData = true;
    }

    boolean hasData() {
        return hasData;
    }

    /** The message has left the topic: there is nothing left to deliver. */
    void setGone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** A worker begins with it; false when it was revoked and must not be begun. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.IN_PROGRESS);
    }

    /** The worker will begin with it again later; false when it must not. */
    boolean pause() {
        if (state.compareAndSet(State.IN_PROGRESS, State.WAITING)) {
            return true;
        }
        state.compareAndSet(State.IN_PROGRESS_FOR_THE_LAST_TIME, State.REVOKED);
        return false;
    }

    /** It is not begun any more. What is in progress is not stopped, but not begun again either. */
    void revoke() {
        if (!state.compareAndSet(State.WAITING, State.REVOKED)) {
            state.compareAndSet(State.IN_PROGRESS, State.IN_PROGRESS_FOR_THE_LAST_TIME);
        }
    }

    /** It belongs to another member: whatever comes of it here, it is neither acknowledged nor dead-lettered. */
    void lose() {
        state.set(State.LOST);
    }

    /** Whether it must not be begun here any more. */
    boolean isRevoked() {
        State now = state.get();
        return now == State.REVOKED || now == State.LOST;
    }

    boolean isLost() {
        return state.get() == State.LOST;
    }

    boolean isInProgress() {
        State now = state.get();
        return now == State.IN_PROGRESS || now == State.IN_PROGRESS_FOR_THE_LAST_TIME;
    }

    boolean isFinished() {
        return state.get() == State.FINISHED;
    }

    /** Does nothing when it was lost meanwhile. */
    void finish() {
        State now = state.get();
        while (now != State.LOST && !state.compareAndSet(now, State.FINISHED)) {
            now = state.get();
        }
    }

    /** A failure as it may be logged: without anything of the event's data. */
    Throwable loggable(Throwable failure) {
        Delivery<?> delivery = delivery();
        return delivery == null ? PiiScrubber.withoutMessages(failure) : delivery.loggable(failure);
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
