package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;
import java.util.concurrent.atomic.AtomicReference;

/** A message that was read and is not yet acknowledged. Its state changes hands between the polling thread and a lane. */
final class Held {

    private enum State {
        WAITING,
        AT_WORK,
        FINISHED,
        RECALLED
    }

    private final IncomingMessage message;
    private final int bytes;
    private final long arrivedNanos;
    private Object key = "";
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Held(IncomingMessage message, long arrivedNanos) {
        this.message = message;
        this.arrivedNanos = arrivedNanos;
        this.bytes = message.data().length - message.dataStart();
    }

    IncomingMessage message() {
        return message;
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

    int bytes() {
        return bytes;
    }

    /** A lane begins with it; answers false when it was recalled, and is not to be worked on. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.AT_WORK);
    }

    /** The lane will begin with it again, after a while. */
    void pause() {
        state.compareAndSet(State.AT_WORK, State.WAITING);
    }

    /** It shall not be worked on any more; one that a lane has begun with is not stopped. */
    void recall() {
        state.compareAndSet(State.WAITING, State.RECALLED);
    }

    boolean isAtWork() {
        return state.get() == State.AT_WORK;
    }

    boolean isFinished() {
        return state.get() == State.FINISHED;
    }

    void finish() {
        state.set(State.FINISHED);
    }
}
