package dev.carillon.bus;

import dev.carillon.bus.WaitingKeys.KeyQueue;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Has parked messages of a lane read again, when it is their turn: as many as there is room for behind what waits, or one at a time.
 * The lane's own.
 */
final class ReadAhead {

    private final Worker worker;
    private final WaitingKeys waiting;
    private final ParkedMessages parked;

    /** The keys whose next message has not been asked for yet. */
    private final Queue<KeyQueue> toAskFor = new ArrayDeque<>();

    /** How many keys have been asked for, and are not there yet. */
    private int askedFor;

    ReadAhead(Worker worker, WaitingKeys waiting, ParkedMessages parked) {
        this.worker = worker;
        this.waiting = waiting;
        this.parked = parked;
    }

    /** Has the first of these read again, with those behind it; the lane is resumed when that has been done. */
    void read(KeyQueue tasks) {
        toAskFor.add(tasks);
        askForNext();
    }

    /** Asks for what there is room for. */
    void askForNext() {
        while (!toAskFor.isEmpty() && (waiting.makeRoom() || isNothingElseToDo())) {
            KeyQueue next = toAskFor.remove();
            askedFor++;
            parked.ask(worker, next.key(), waiting.reserve(next));
        }
    }

    private boolean isNothingElseToDo() {
        return askedFor == 0 && !waiting.hasReady();
    }

    /** What was asked for of this key is there. Where memory is short, that is the first of it, and no more. */
    void arrived(KeyQueue tasks) {
        askedFor--;
        waiting.releaseUnread(tasks);
    }

    /** Whether there is nothing to ask for, or to wait for. */
    boolean isIdle() {
        return askedFor == 0 && toAskFor.isEmpty();
    }
}
