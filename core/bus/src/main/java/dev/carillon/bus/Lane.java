package dev.carillon.bus;

import dev.carillon.bus.WaitingKeys.KeyQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does its tasks one after the other, in a thread of its own. It takes them a batch at a time, so that handing over costs once a
 * batch and not once an event. A task that is to be done again after a while keeps those of its key waiting, and no others; when
 * they go on, they take turns with what is new. The engine bounds how many wait.
 */
final class Lane {

    private static final List<Task> END = new ArrayList<>();
    private static final List<Task> NOTHING = List.of();

    /** So that it sees that it is abandoned, and that the broker does not answer. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** So that the polling thread is not woken for each of them. */
    private static final int MOST_IN_A_ROW = 64;

    private final BlockingDeque<List<Task>> arrived = new LinkedBlockingDeque<>();
    private final Queue<Object> readAgain = new ConcurrentLinkedQueue<>();
    private final WaitingKeys waiting;
    private final ReadAhead readAhead;
    private final BlockingQueue<Delivery<?>> published = new LinkedBlockingQueue<>();
    private final LaneWork work;
    private final Runnable atPause;
    private final Thread thread;

    /** Looked at now and then; what it costs each event is next to nothing. */
    private final AtomicReference<@Nullable Task> atWork = new AtomicReference<>();

    /** How many tasks it was ever given. The polling thread's. */
    private long given;

    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicLong backlogBytes = new AtomicLong();

    /** Those that wait until the broker has answered what their receivers sent. The lane's own. */
    private final Set<Held> unanswered = new HashSet<>();

    /** When the broker answered last, or the first answer was waited for. */
    private long lastAnswerNanos;

    private boolean finishing;
    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The lane calls {@code atPause} behind each batch, and when it {@link #hasEnded()}. */
    Lane(String name, LaneWork work, WaitingKeys waiting, ParkedMessages parked, Runnable atPause) {
        this.work = work;
        this.waiting = waiting;
        this.readAhead = new ReadAhead(this, waiting, parked);
        this.atPause = atPause;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<Task> batch) {
        given += batch.size();
        backlog.addAndGet(batch.size());
        backlogBytes.addAndGet(bytesOf(batch));
        arrived.add(batch);
    }

    /**
     * Parks the newest of what has arrived, as far as there is more than this, to within a batch. The polling thread's, which is
     * the one that adds: nothing newer arrives before they are back.
     */
    void parkAllBut(WaitingKeys.Budget part, Consumer<Held> parking) {
        Deque<List<Task>> newest = new ArrayDeque<>();
        int left = backlog.get();
        long leftBytes = backlogBytes.get();
        while (left > part.messages() || leftBytes > part.bytes()) {
            @Nullable List<Task> batch = arrived.pollLast();
            if (batch == null) {
                break;
            }
            newest.addFirst(batch);
            left -= batch.size();
            leftBytes -= bytesOf(batch);
        }
        for (List<Task> batch : newest) {
            backlogBytes.addAndGet(-bytesOf(batch));
            arrived.add(batch.isEmpty() ? batch : parked(batch, parking));
        }
    }

    private static List<Task> parked(List<Task> batch, Consumer<Held> parking) {
        List<Task> parked = new ArrayList<>();
        for (Task task : batch) {
            if (!(task instanceof Parked)) {
                parking.accept(task.held());
            }
            parked.add(new Parked(task.held()));
        }
        return parked;
    }

    /** The messages of this key that the lane asked for are there. */
    void resume(Object key) {
        readAgain.add(key);
        arrived.add(NOTHING);
    }

    /** Ends behind what has arrived, also where it was parked, and what that has sent; what waits to be done again is left. */
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

    /** How many tasks it has looked at, to within a batch. The polling thread's. */
    long lookedAt() {
        return given - backlog();
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
                        doReady(1);
                    }
                }
                backlog.addAndGet(-batch.size());
                backlogBytes.addAndGet(-bytes);
                doReady(MOST_IN_A_ROW);
                atPause.run();
            }
        } catch (RuntimeException | Error e) {
            work.failed(e);
        } finally {
            ended = true;
            atPause.run();
        }
    }

    /** Does so many of the events that waited and whose turn it is; fewer when something arrives meanwhile. */
    private void doReady(int most) {
        int done = 0;
        do {
            seePublished();
            seeReadAgain();
            @Nullable KeyQueue ready = waiting.isEmpty() ? null : waiting.next(System.nanoTime());
            if (ready == null) {
                return;
            }
            doFirst(ready);
            done++;
        } while (done < most && arrived.isEmpty() && !abandoned);
    }

    private void doOne(Task task) {
        if (task instanceof Parked) {
            waiting.wake(waiting.add(task));
            return;
        }
        Outcome outcome = apply(task);
        if (outcome.hasToWait()) {
            await(waiting.add(task), outcome);
        }
    }

    /**
     * Does the first event of a key; the next one has to wait for its turn again, or a key that has thousands of them behind it
     * would keep those that are new waiting.
     */
    private void doFirst(KeyQueue tasks) {
        Task task = tasks.first();
        Held held = task.held();
        if (task instanceof Parked && !held.isGone() && !held.isRecalled()) {
            if (!held.hasData()) {
                readAhead.read(tasks);
                return;
            }
            task = new Unsorted(held);
            waiting.replaceFirst(tasks, task);
        }
        conclude(tasks, apply(task));
        readAhead.askForNext();
    }

    /** The first one of these was done, and has to wait or not. */
    private void conclude(KeyQueue tasks, Outcome outcome) {
        if (outcome.hasToWait()) {
            await(tasks, outcome);
        } else {
            waiting.removeFirst(tasks);
        }
    }

    /** The first of these has to wait, and with it those behind it: for its time, or for an answer to what its receivers sent. */
    private void await(KeyQueue tasks, Outcome outcome) {
        @Nullable Delivery<?> sender = outcome.sender();
        if (sender == null) {
            waiting.wakeAt(tasks, System.nanoTime() + outcome.waitNanos());
            return;
        }
        if (unanswered.isEmpty()) {
            lastAnswerNanos = System.nanoTime();
        }
        unanswered.add(sender.held());
        waiting.sleep(tasks);
        sender.whenPublished(() -> {
            published.add(sender);
            arrived.add(NOTHING);
        });
    }

    private void seeReadAgain() {
        for (Object key = readAgain.poll(); key != null; key = readAgain.poll()) {
            KeyQueue tasks = waiting.of(key);
            readAhead.arrived(tasks);
            waiting.wake(tasks);
        }
    }

    private void seePublished() {
        for (Delivery<?> sender = published.poll(); sender != null && !abandoned; sender = published.poll()) {
            answered(sender);
        }
    }

    private void answered(Delivery<?> sender) {
        unanswered.remove(sender.held());
        lastAnswerNanos = System.nanoTime();
        conclude(waiting.of(sender.held().key()), work.published(sender));
        readAhead.askForNext();
    }

    /** Answers come soon, most of the time: to wait for one is cheaper than to park what would be read again at once. */
    private void awaitRoomBehindSends(Task task) {
        while (!unanswered.isEmpty()
                && !abandoned
                && System.nanoTime() - lastAnswerNanos < LONGEST_WAIT_NANOS
                && waiting.wouldPark(task)) {
            clearInterrupt();
            try {
                long longest = Math.min(LONGEST_WAIT_NANOS, waiting.nanosToNext(System.nanoTime()));
                @Nullable Delivery<?> sender = published.poll(longest, TimeUnit.NANOSECONDS);
                if (sender != null) {
                    answered(sender);
                }
            } catch (InterruptedException e) {
                // As in next().
            }
            doReady(1);
        }
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
        while (!abandoned && !(finishing && hasFinished())) {
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

    /** What is left waits to be done again. */
    private boolean hasFinished() {
        return unanswered.isEmpty() && readAhead.isIdle() && !waiting.hasReady();
    }

    /** A receiver may leave its thread interrupted; the next one has no part in that. Looked at before "abandoned". */
    @SuppressWarnings("ReturnValueIgnored") // called to clear it
    private static void clearInterrupt() {
        Thread.interrupted();
    }
}
