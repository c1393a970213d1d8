package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read and is not yet acknowledged. Its state changes hands between the polling thread and a lane. It may drop
 * its data while it waits, and be given them again.
 */
final class Held {

    private enum State {
        WAITING,
        AT_WORK,
        /** At work, and not to be begun with again: its partition is being taken away. */
        AT_WORK_FOR_THE_LAST_TIME,
        FINISHED,
        /** Not to be begun with any more. */
        RECALLED,
        /** Another member's by now. */
        LOST
    }

    /** How {@link InFlight} counts it. */
    enum Counted {
        /** With its data. */
        IN_MEMORY,
        /** By its position alone. */
        PARKED,
        NOT
    }

    private final long number;
    private final Partition partition;
    private final int bytes;
    private final long arrivedNanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile IncomingMessage message;
    private volatile boolean hasData = true;
    private volatile boolean gone;
    private Object key = "";

    /** What is left to do for it, when its receivers have been called for the last time. Its lane's. */
    private @Nullable BooleanSupplier keeping;

    /** The polling thread's. */
    private Counted counted = Counted.NOT;

    private boolean acknowledgeable;

    Held(IncomingMessage message, long number, long arrivedNanos) {
        this.message = message;
        this.number = number;
        this.arrivedNanos = arrivedNanos;
        this.partition = new Partition(message.topic(), message.partition());
        this.bytes = message.data().length - message.dataStart();
    }

    /** The message; without headers, key and data while it is parked. */
    IncomingMessage message() {
        return message;
    }

    Partition partition() {
        return partition;
    }

    /** In the order in which messages were read. */
    long number() {
        return number;
    }

    /** When it was read, by {@link System#nanoTime()}; the same for all that were read at once. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Events of equal keys keep their order. */
    Object key() {
        return key;
    }

    /** Set before a lane gets it. */
    void setKey(Object key) {
        this.key = key;
    }

    /** Keeping its dead letter, which the broker refused; null when it was not refused. */
    @Nullable
    BooleanSupplier keeping() {
        return keeping;
    }

    void setKeeping(@Nullable BooleanSupplier keeping) {
        this.keeping = keeping;
    }

    int bytes() {
        return bytes;
    }

    Counted counted() {
        return counted;
    }

    void setCounted(Counted counted) {
        this.counted = counted;
    }

    boolean isAcknowledgeable() {
        return acknowledgeable;
    }

    void setAcknowledgeable() {
        acknowledgeable = true;
    }

    /** Drops what takes memory; where it stands is kept. */
    void dropData() {
        IncomingMessage whole = message;
        message = new IncomingMessage(
                whole.topic(), whole.partition(), whole.position(), List.of(), null, new byte[0], 0, null, null);
        hasData = false;
    }

    /** Takes the message as it was read again. */
    void restore(IncomingMessage again) {
        message = again;
        hasData = true;
    }

    /** The message has left the topic: there is nothing left to deliver. */
    void setGone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    boolean hasData() {
        return hasData;
    }

    /** A lane begins with it; answers false when it was recalled, and is not to be worked on. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.AT_WORK);
    }

    /** The lane will begin with it again, after a while; answers false when it may not. */
    boolean pause() {
        if (state.compareAndSet(State.AT_WORK, State.WAITING)) {
            return true;
        }
        state.compareAndSet(State.AT_WORK_FOR_THE_LAST_TIME, State.RECALLED);
        return false;
    }

    /** It shall not be begun with any more; one that a lane has begun with is not stopped, but not done again either. */
    void recall() {
        if (!state.compareAndSet(State.WAITING, State.RECALLED)) {
            state.compareAndSet(State.AT_WORK, State.AT_WORK_FOR_THE_LAST_TIME);
        }
    }

    /** It is another member's: whatever comes of it here, it is neither acknowledged nor dead-lettered. */
    void lose() {
        state.set(State.LOST);
    }

    /** Whether nobody here is to begin with it any more. */
    boolean isRecalled() {
        State now = state.get();
        return now == State.RECALLED || now == State.LOST;
    }

    boolean isLost() {
        return state.get() == State.LOST;
    }

    boolean isAtWork() {
        State now = state.get();
        return now == State.AT_WORK || now == State.AT_WORK_FOR_THE_LAST_TIME;
    }

    boolean isFinished() {
        return state.get() == State.FINISHED;
    }

    /** Nothing happens when it was lost meanwhile. */
    void finish() {
        State now = state.get();
        while (now != State.LOST && !state.compareAndSet(now, State.FINISHED)) {
            now = state.get();
        }
    }
}
