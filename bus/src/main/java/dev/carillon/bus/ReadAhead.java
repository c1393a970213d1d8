package dev.carillon.bus;

import dev.carillon.bus.WaitingKeys.KeyQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Has parked messages of a lane read again, when it is their turn. Of all keys together, no more is asked for than the lane does soon:
 * it takes memory once it is there. The lane's own.
 */
final class ReadAhead {

    private final Lane lane;
    private final ParkedMessages parked;
    private final long mostBytes;

    /** The keys whose next message has not been asked for yet. */
    private final Queue<KeyQueue> toAskFor = new ArrayDeque<>();

    /** How many keys have been asked for, and are not there yet. */
    private int askedFor;

    /** What was asked for and was not begun with since. */
    private final Set<Held> ahead = new HashSet<>();

    private long bytesAhead;

    /** Asks for no more once so many bytes are asked for, or there and not begun with. */
    ReadAhead(Lane lane, ParkedMessages parked, long mostBytes) {
        this.lane = lane;
        this.parked = parked;
        this.mostBytes = mostBytes;
    }

    /** Has the first of these read again, with those behind it; the lane is resumed when that has been done. */
    void read(KeyQueue tasks) {
        toAskFor.add(tasks);
        askForNext();
    }

    /** Asks for what there is room for. */
    void askForNext() {
        while (!toAskFor.isEmpty() && hasRoom()) {
            KeyQueue next = toAskFor.remove();
            List<Held> messages = nextParked(next);
            messages.forEach(this::note);
            askedFor++;
            parked.ask(lane, next.key(), messages);
        }
    }

    private boolean hasRoom() {
        return ahead.isEmpty() || (ahead.size() < ParkedMessages.MOST_AT_ONCE && bytesAhead < mostBytes);
    }

    private List<Held> nextParked(KeyQueue tasks) {
        List<Held> next = new ArrayList<>();
        long bytes = 0;
        for (Task task : tasks.tasks()) {
            bytes += task.held().bytes();
            boolean isEnough = next.size() == ParkedMessages.MOST_AT_ONCE || bytes > mostBytes;
            if (!(task instanceof Parked) || (isEnough && !next.isEmpty())) {
                break;
            }
            next.add(task.held());
        }
        return next;
    }

    /** What was asked for of this key is there. Where memory is short, that is the first of it, and no more. */
    void arrived(KeyQueue tasks) {
        askedFor--;
        forget(tasks, false);
    }

    /** These have to wait, and others are not to wait for them. */
    void forget(KeyQueue tasks) {
        forget(tasks, true);
    }

    /** No more of one key was asked for than stands at its head. */
    private void forget(KeyQueue tasks, boolean alsoWithData) {
        int left = ahead.isEmpty() ? 0 : ParkedMessages.MOST_AT_ONCE;
        for (Task task : tasks.tasks()) {
            if (left-- == 0) {
                return;
            }
            if (alsoWithData || !task.held().hasData()) {
                forget(task.held());
            }
        }
    }

    private void note(Held held) {
        if (ahead.add(held)) {
            bytesAhead += held.bytes();
        }
    }

    /** The lane begins with it. */
    void forget(Held held) {
        if (ahead.remove(held)) {
            bytesAhead -= held.bytes();
        }
    }

    /** Whether there is nothing to ask for, or to wait for. */
    boolean isIdle() {
        return askedFor == 0 && toAskFor.isEmpty();
    }
}
