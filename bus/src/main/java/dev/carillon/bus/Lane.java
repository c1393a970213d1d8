package dev.carillon.bus;

import dev.carillon.bus.WaitingKeys.KeyQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does its tasks one after the other, in a thread of its own. It takes them a batch at a time, so that handing over costs once a
 * batch and not once an event. A task that is to be done again after a while keeps those of its key waiting, and no others. The
 * engine bounds how many wait.
 */
final class Lane {

    private static final List<Task> END = new ArrayList<>();
    private static final List<Task> NOTHING = List.of();

    /** So that it sees what is due, and that it is abandoned. */
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final BlockingQueue<List<Task>> arrived = new LinkedBlockingQueue<>();
    private final Queue<Object> readAgain = new ConcurrentLinkedQueue<>();
    private final WaitingKeys waiting;
    private final ParkedMessages parked;
    private final BlockingQueue<Delivery<?>> published = new LinkedBlockingQueue<>();
    private final LaneWork work;
    private final Runnable atPause;
    private final Thread thread;
    private final long mostBytesReadAgain;

    /** Looked at now and then; what it costs each event is next to nothing. */
    private final AtomicReference<@Nullable Task> atWork = new AtomicReference<>();

    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicLong backlogBytes = new AtomicLong();

    /** Those that wait until the broker has answered what their receivers sent. The lane's own. */
    private final Set<Held> unanswered = new HashSet<>();

    private boolean finishing;
    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The lane calls {@code atPause} behind each batch, and when it {@link #hasEnded()}. */
    Lane(
            String name,
            LaneWork work,
            WaitingKeys waiting,
            ParkedMessages parked,
            long mostBytesReadAgain,
            Runnable atPause) {
        this.work = work;
        this.waiting = waiting;
        this.parked = parked;
        this.mostBytesReadAgain = mostBytesReadAgain;
        this.atPause = atPause;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<Task> batch) {
        backlog.addAndGet(batch.size());
        backlogBytes.addAndGet(bytesOf(batch));
        arrived.add(batch);
    }

    /** The messages of this key that the lane asked for are there. */
    void resume(Object key) {
        readAgain.add(key);
        arrived.add(NOTHING);
    }

    /** Ends behind what has arrived, and what that has sent; what waits to be done again is left. */
    void finish() {
        arrived.add(END);
    }

    /** Ends behind the task at work; what has arrived is left undone. */
    void abandon() {
        abandoned = true;
        arrived.add(END);
    }

    /** Interrupts the receiver at work, for a lane that is abandoned. */
    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return ended;
    }

    /** How many tasks have arrived that it has not looked at yet, to within a batch. */
    int backlog() {
        return backlog.get();
    }

    /** How large their data are. */
    long backlogBytes() {
        return backlogBytes.get();
    }

    /** The same before and after its tasks were done: a message that is parked keeps its size. */
    private static long bytesOf(List<Task> batch) {
        long bytes = 0;
        for (Task task : batch) {
            bytes += task instanceof Parked ? 0 : task.held().bytes();
        }
        return bytes;
    }

    /** What it is at work on; null between two tasks. */
    @Nullable
    Task atWork() {
        return atWork.getAcquire();
    }

    private void run() {
        try {
            for (List<Task> batch = next(); batch != null; batch = next()) {
                long bytes = bytesOf(batch);
                for (int i = 0; i < batch.size() && !abandoned; i++) {
                    Task task = batch.get(i);
                    awaitRoomBehindSends(task);
                    if (!waiting.queue(task)) {
                        doOne(task);
                    }
                    seePublished();
                    doDue();
                }
                backlog.addAndGet(-batch.size());
                backlogBytes.addAndGet(-bytes);
                seePublished();
                doDue();
                atPause.run();
            }
        } finally {
            ended = true;
            atPause.run();
        }
    }

    private void doDue() {
        while (!waiting.isEmpty() && !abandoned) {
            @Nullable Object key = readAgain.poll();
            @Nullable KeyQueue due = key != null ? waiting.take(key) : waiting.takeDue(System.nanoTime());
            if (due != null) {
                doAll(due);
            } else if (key == null) {
                return;
            }
        }
    }

    private void doOne(Task task) {
        if (task instanceof Parked) {
            doAll(new KeyQueue(task));
            return;
        }
        Outcome outcome = apply(task);
        if (outcome.hasToWait()) {
            await(new KeyQueue(task), outcome);
        }
    }

    /** The first of these has to wait, and with it those behind it: for its time, or for an answer to what its receivers sent. */
    private void await(KeyQueue tasks, Outcome outcome) {
        @Nullable Delivery<?> sender = outcome.sender();
        if (sender == null) {
            waiting.add(tasks, System.nanoTime() + outcome.waitNanos());
            return;
        }
        waiting.add(tasks);
        unanswered.add(sender.held());
        sender.whenPublished(() -> {
            published.add(sender);
            arrived.add(NOTHING);
        });
    }

    private void seePublished() {
        for (Delivery<?> sender = published.poll(); sender != null && !abandoned; sender = published.poll()) {
            answered(sender);
        }
    }

    private void answered(Delivery<?> sender) {
        unanswered.remove(sender.held());
        KeyQueue tasks = Objects.requireNonNull(waiting.take(sender.held().key()));
        Outcome outcome = work.published(sender);
        if (outcome.hasToWait()) {
            await(tasks, outcome);
        } else {
            tasks.removeFirst();
            doAll(tasks);
        }
    }

    /** Answers come soon: to wait for one is cheaper than to park what would be read again at once. */
    private void awaitRoomBehindSends(Task task) {
        while (!unanswered.isEmpty() && !abandoned && waiting.wouldPark(task)) {
            clearInterrupt();
            try {
                @Nullable Delivery<?> sender = published.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (sender != null) {
                    answered(sender);
                }
            } catch (InterruptedException e) {
                // As in next().
            }
            doDue();
        }
    }

    /** Does tasks of one key, in order, until one has to wait: for its time, or for its data. */
    private void doAll(KeyQueue tasks) {
        for (Task task = tasks.first(); task != null && !abandoned; task = tasks.first()) {
            Held held = task.held();
            if (unanswered.contains(held)) {
                waiting.add(tasks);
                return;
            }
            if (task instanceof Parked && !held.isGone() && !held.isRecalled()) {
                if (!held.hasData()) {
                    waiting.add(tasks);
                    parked.ask(this, tasks.key(), nextParked(tasks));
                    return;
                }
                task = new Unsorted(held);
                tasks.replaceFirst(task);
            }
            Outcome outcome = apply(task);
            if (outcome.hasToWait()) {
                await(tasks, outcome);
                return;
            }
            tasks.removeFirst();
        }
    }

    private List<Held> nextParked(KeyQueue tasks) {
        List<Held> next = new ArrayList<>();
        long bytes = 0;
        for (Task task : tasks.tasks()) {
            bytes += task.held().bytes();
            boolean isEnough = next.size() == ParkedMessages.MOST_AT_ONCE || bytes > mostBytesReadAgain;
            if (!(task instanceof Parked) || (isEnough && !next.isEmpty())) {
                break;
            }
            next.add(task.held());
        }
        return next;
    }

    private Outcome apply(Task task) {
        clearInterrupt();
        atWork.setRelease(task);
        Outcome outcome = work.apply(task);
        atWork.setRelease(null);
        return outcome;
    }

    /** What has arrived; nothing when something that waited is due; null at the end. */
    @SuppressWarnings("ReferenceEquality") // END is one list, and no other
    private @Nullable List<Task> next() {
        while (!abandoned && !(finishing && unanswered.isEmpty())) {
            clearInterrupt();
            try {
                List<Task> batch = waiting.isEmpty()
                        ? arrived.take()
                        : arrived.poll(waiting.nanosToNext(System.nanoTime()), TimeUnit.NANOSECONDS);
                finishing |= batch == END;
                return batch == null || batch == END ? NOTHING : batch;
            } catch (InterruptedException e) {
                // Meant for a receiver that has ended meanwhile; what is meant for the lane is told by "abandoned".
            }
        }
        return null;
    }

    /** A receiver may leave its thread interrupted; the next one has no part in that. Looked at before "abandoned". */
    @SuppressWarnings("ReturnValueIgnored") // called to clear it
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
