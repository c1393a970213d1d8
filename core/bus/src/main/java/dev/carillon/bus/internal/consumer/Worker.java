package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.consumer.Dispatcher.Next;
import dev.carillon.bus.internal.consumer.ParkedMessages.ReadAhead;
import dev.carillon.bus.internal.consumer.WaitingKeys.KeyQueue;
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
final class Worker {

    private static final List<InFlightMessage> END = new ArrayList<>();
    private static final List<InFlightMessage> NOTHING = List.of();

    /** So that it sees that it is abandoned, and that the broker does not answer. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** So that the polling thread is not woken for each of them. */
    private static final int MOST_IN_A_ROW = 64;

    /** What a message waited for: the broker has answered all that its receivers sent. */
    private record AnsweredSends(InFlightMessage message, Delivery<?> delivery) {}

    private final BlockingDeque<List<InFlightMessage>> arrived = new LinkedBlockingDeque<>();
    private final Queue<Object> readAgain = new ConcurrentLinkedQueue<>();
    private final WaitingKeys waiting;
    private final ReadAhead readAhead;
    private final BlockingQueue<AnsweredSends> answered = new LinkedBlockingQueue<>();
    private final Dispatcher dispatcher;
    private final Runnable atPause;
    private final Thread thread;

    /** Looked at now and then; what it costs each event is next to nothing. */
    private final AtomicReference<@Nullable InFlightMessage> current = new AtomicReference<>();

    /** How many tasks it was ever given. The polling thread's. */
    private long given;

    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicLong backlogBytes = new AtomicLong();

    /** Those that wait until the broker has answered what their receivers sent. The lane's own. */
    private final Set<InFlightMessage> unanswered = new HashSet<>();

    /** When the broker answered last, or the first answer was waited for. */
    private long lastAnswerNanos;

    private boolean finishing;
    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The lane calls {@code atPause} behind each batch, and when it {@link #hasEnded()}. */
    Worker(String name, Dispatcher dispatcher, WaitingKeys waiting, ParkedMessages parked, Runnable atPause) {
        this.dispatcher = dispatcher;
        this.waiting = waiting;
        this.readAhead = new ReadAhead(this, waiting, parked);
        this.atPause = atPause;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<InFlightMessage> batch) {
        given += batch.size();
        backlog.addAndGet(batch.size());
        backlogBytes.addAndGet(bytesOf(batch));
        arrived.add(batch);
    }

    /**
     * Parks the newest of what has arrived, as far as there is more than this, to within a batch. The polling thread's, which is
     * the one that adds: nothing newer arrives before they are back.
     */
    void parkAllBut(WaitingKeys.Budget part, Consumer<InFlightMessage> parking) {
        Deque<List<InFlightMessage>> newest = new ArrayDeque<>();
        int left = backlog.get();
        long leftBytes = backlogBytes.get();
        while (left > part.messages() || leftBytes > part.bytes()) {
            @Nullable List<InFlightMessage> batch = arrived.pollLast();
            if (batch == null) {
                break;
            }
            newest.addFirst(batch);
            left -= batch.size();
            leftBytes -= bytesOf(batch);
        }
        for (List<InFlightMessage> batch : newest) {
            backlogBytes.addAndGet(-bytesOf(batch));
            for (InFlightMessage message : batch) {
                if (!message.isParked()) {
                    parking.accept(message);
                }
            }
            arrived.add(batch);
        }
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

    /** How many messages it has dispatched, to within a batch. The polling thread's. */
    long dispatched() {
        return given - backlog();
    }

    /** How large their data are. */
    long backlogBytes() {
        return backlogBytes.get();
    }

    /** The same before and after its tasks were done: a message that is parked keeps its size. */
    private static long bytesOf(List<InFlightMessage> batch) {
        long bytes = 0;
        for (InFlightMessage message : batch) {
            bytes += message.isParked() ? 0 : message.bytes();
        }
        return bytes;
    }

    /** What it is at work on; null between two tasks. */
    @Nullable
    InFlightMessage current() {
        return current.getAcquire();
    }

    private void run() {
        try {
            for (List<InFlightMessage> batch = next(); batch != null; batch = next()) {
                long bytes = bytesOf(batch);
                for (int i = 0; i < batch.size() && !abandoned; i++) {
                    InFlightMessage message = batch.get(i);
                    awaitCapacityBehindSends(message);
                    if (!waiting.queue(message)) {
                        process(message);
                        processReady(1);
                    }
                }
                backlog.addAndGet(-batch.size());
                backlogBytes.addAndGet(-bytes);
                processReady(MOST_IN_A_ROW);
                atPause.run();
            }
        } catch (RuntimeException | Error e) {
            dispatcher.workerFailed(e);
        } finally {
            ended = true;
            atPause.run();
        }
    }

    /** Does so many of the events that waited and whose turn it is; fewer when something arrives meanwhile. */
    private void processReady(int most) {
        int done = 0;
        do {
            seeAnswers();
            seeReadAgain();
            @Nullable KeyQueue ready = waiting.isEmpty() ? null : waiting.next(System.nanoTime());
            if (ready == null) {
                return;
            }
            processFirst(ready);
            done++;
        } while (done < most && arrived.isEmpty() && !abandoned);
    }

    private void process(InFlightMessage message) {
        if (message.isParked()) {
            waiting.wake(waiting.add(message));
            return;
        }
        Next next = dispatch(message);
        if (hasToWait(next)) {
            await(waiting.add(message), next);
        }
    }

    private static boolean hasToWait(Next next) {
        return next instanceof Next.Retry || next instanceof Next.AwaitSends;
    }

    /**
     * Does the first event of a key; the next one has to wait for its turn again, or a key that has thousands of them behind it
     * would keep those that are new waiting.
     */
    private void processFirst(KeyQueue queue) {
        InFlightMessage message = queue.first();
        if (message.isParked() && !message.isGone() && !message.isRevoked()) {
            if (!message.hasData()) {
                readAhead.read(queue);
                return;
            }
            message.unpark();
        }
        conclude(queue, dispatch(message));
        readAhead.askForNext();
    }

    /** The first of these was dispatched; it has to wait, or gives way to the next. */
    private void conclude(KeyQueue queue, Next next) {
        if (hasToWait(next)) {
            await(queue, next);
        } else {
            waiting.removeFirst(queue);
        }
    }

    /** The first of these has to wait, and those behind it with it: for its delay, or for the answers to what its receivers sent. */
    private void await(KeyQueue queue, Next next) {
        if (next instanceof Next.Retry retry) {
            waiting.wakeAt(queue, System.nanoTime() + retry.delayNanos());
        } else if (next instanceof Next.AwaitSends sends) {
            awaitSends(queue, sends.delivery());
        }
    }

    private void awaitSends(KeyQueue queue, Delivery<?> delivery) {
        InFlightMessage message = queue.first();
        if (unanswered.isEmpty()) {
            lastAnswerNanos = System.nanoTime();
        }
        unanswered.add(message);
        waiting.sleep(queue);
        delivery.whenSendsAnswered(() -> {
            answered.add(new AnsweredSends(message, delivery));
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

    private void seeAnswers() {
        for (AnsweredSends next = answered.poll(); next != null && !abandoned; next = answered.poll()) {
            sendsAnswered(next);
        }
    }

    private void sendsAnswered(AnsweredSends sends) {
        unanswered.remove(sends.message());
        lastAnswerNanos = System.nanoTime();
        conclude(
                waiting.of(sends.message().orderingKey()), dispatcher.sendsAnswered(sends.message(), sends.delivery()));
        readAhead.askForNext();
    }

    /** Answers come soon, most of the time: to wait for one is cheaper than to park what would be read again at once. */
    private void awaitCapacityBehindSends(InFlightMessage message) {
        while (!unanswered.isEmpty()
                && !abandoned
                && System.nanoTime() - lastAnswerNanos < LONGEST_WAIT_NANOS
                && waiting.wouldPark(message)) {
            clearInterrupt();
            try {
                long longest = Math.min(LONGEST_WAIT_NANOS, waiting.nanosToNext(System.nanoTime()));
                @Nullable AnsweredSends sends = answered.poll(longest, TimeUnit.NANOSECONDS);
                if (sends != null) {
                    sendsAnswered(sends);
                }
            } catch (InterruptedException e) {
                // As in next().
            }
            processReady(1);
        }
    }

    private Next dispatch(InFlightMessage message) {
        clearInterrupt();
        current.setRelease(message);
        Next next = dispatcher.dispatch(message);
        current.setRelease(null);
        return next;
    }

    /** What has arrived; nothing when something that waited is due; null at the end. */
    @SuppressWarnings("ReferenceEquality") // END is one list, and no other
    private @Nullable List<InFlightMessage> next() {
        while (!abandoned && !(finishing && hasFinished())) {
            clearInterrupt();
            try {
                List<InFlightMessage> batch = waiting.isEmpty()
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
