package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.internal.consumer.DeferredMessages.ReadAhead;
import dev.carillon.bus.internal.consumer.Dispatcher.Next;
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
 * Processes messages one after the other, in a thread of its own. It takes them in batches, so that the cost of the handover is
 * per batch, not per event. A message that must be retried blocks only later messages with its key. When
 * that key continues, it takes turns with new messages. The engine limits how many messages wait.
 */
final class Worker {

    private static final List<InFlightMessage> END = new ArrayList<>();
    private static final List<InFlightMessage> NOTHING = List.of();

    /** Wakes the worker often enough to notice that it is abandoned, or that the broker does not respond. */
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Processes several waiting messages at once, so that the polling thread is not woken for each of them. */
    private static final int MAX_CONSECUTIVE = 64;

    /** The end of a message's wait: the broker has responded to all sends of its receivers. */
    private record CompletedSends(InFlightMessage message, Delivery<?> delivery) {}

    /** The end of a request for messages of a key: they have been read or, with a delay, are to be requested again after it. */
    private record ReadAgain(Object key, long delayNanos) {}

    private final BlockingDeque<List<InFlightMessage>> arrived = new LinkedBlockingDeque<>();
    private final Queue<ReadAgain> readAgain = new ConcurrentLinkedQueue<>();
    private final WaitingKeys waiting;
    private final ReadAhead readAhead;
    private final BlockingQueue<CompletedSends> completedSends = new LinkedBlockingQueue<>();
    private final Dispatcher dispatcher;
    private final Runnable afterBatch;
    private final Thread thread;

    /** Read only occasionally by other threads, so it must cost almost nothing per event. */
    private final AtomicReference<@Nullable InFlightMessage> current = new AtomicReference<>();

    /** How many messages were added in total. Used by the polling thread alone. */
    private long added;

    private final AtomicInteger backlog = new AtomicInteger();
    private final AtomicLong backlogBytes = new AtomicLong();

    /** Messages that wait until the broker has responded to the sends of their receivers. Used by the worker's thread alone. */
    private final Set<InFlightMessage> awaitingSends = new HashSet<>();

    /** When the broker last responded, or when the wait for the first response began. */
    private long lastResponseNanos;

    private boolean finishing;
    private volatile boolean abandoned;
    private volatile boolean ended;

    /** The worker calls {@code afterBatch} after each batch, and when it {@link #hasEnded()}. */
    Worker(String name, Dispatcher dispatcher, WaitingKeys waiting, DeferredMessages deferred, Runnable afterBatch) {
        this.dispatcher = dispatcher;
        this.waiting = waiting;
        this.readAhead = new ReadAhead(this, waiting, deferred);
        this.afterBatch = afterBatch;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(List<InFlightMessage> batch) {
        added += batch.size();
        backlog.addAndGet(batch.size());
        backlogBytes.addAndGet(bytesOf(batch));
        arrived.add(batch);
    }

    /**
     * Defers the newest messages in the queue until at most this much is left, with the accuracy of one batch. Called by the
     * polling thread, which also adds messages: nothing newer arrives before the batches are back in the queue.
     */
    void deferAllBut(WaitingKeys.Budget share, Consumer<InFlightMessage> deferral) {
        Deque<List<InFlightMessage>> newest = new ArrayDeque<>();
        int left = backlog.get();
        long leftBytes = backlogBytes.get();
        while (left > share.messages() || leftBytes > share.bytes()) {
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
                if (!message.isDeferred()) {
                    deferral.accept(message);
                }
            }
            arrived.add(batch);
        }
    }

    /**
     * Continues with a key: the messages that the worker requested for it have been read.
     *
     * @param delayNanos if they could not be read, how long the key waits before it requests them again; otherwise 0
     */
    void resume(Object key, long delayNanos) {
        readAgain.add(new ReadAgain(key, delayNanos));
        arrived.add(NOTHING);
    }

    /**
     * Ends the worker after all messages that have arrived, including deferred ones, and after the responses to the sends of
     * their receivers. Messages that wait for a retry are not processed.
     */
    void finish() {
        arrived.add(END);
    }

    /** Ends the worker after the message that it is processing. Messages that have arrived are not processed. */
    void abandon() {
        abandoned = true;
        arrived.add(END);
    }

    /** Interrupts the active receiver of an abandoned worker. */
    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return ended;
    }

    /** How many messages have arrived and have not been processed or queued behind their key, with the accuracy of one batch. */
    int backlog() {
        return backlog.get();
    }

    /** How many messages it has dispatched, with the accuracy of one batch. Called by the polling thread. */
    long dispatched() {
        return added - backlog();
    }

    /** Like {@link #backlog()}, but the size of the data in bytes. Deferred messages do not count. */
    long backlogBytes() {
        return backlogBytes.get();
    }

    /**
     * The size of the data of a batch in bytes. It is the same before and after the batch is processed: a message keeps its
     * size when it is deferred.
     */
    private static long bytesOf(List<InFlightMessage> batch) {
        long bytes = 0;
        for (InFlightMessage message : batch) {
            bytes += message.isDeferred() ? 0 : message.bytes();
        }
        return bytes;
    }

    /** The message that it is processing; null between two messages. */
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
                processReady(MAX_CONSECUTIVE);
                afterBatch.run();
            }
        } catch (Throwable e) { // also a checked exception that its method does not declare
            dispatcher.workerFailed(e);
        } finally {
            ended = true;
            afterBatch.run();
        }
    }

    /** Processes at most this many of the waiting messages that are ready; fewer when new messages arrive meanwhile. */
    private void processReady(int most) {
        int done = 0;
        do {
            processResponses();
            resumeReadAgain();
            @Nullable KeyQueue ready = waiting.isEmpty() ? null : waiting.next(System.nanoTime());
            if (ready == null) {
                return;
            }
            processFirst(ready);
            done++;
        } while (done < most && arrived.isEmpty() && !abandoned);
    }

    private void process(InFlightMessage message) {
        if (message.isDeferred()) {
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
     * Processes the first message of a key. The next one waits for its turn again. Otherwise, a key with thousands of waiting
     * messages would delay new ones.
     */
    private void processFirst(KeyQueue queue) {
        InFlightMessage message = queue.first();
        readAhead.continuing(queue);
        if (message.isDeferred() && !message.isGone() && !message.isRevoked()) {
            if (!message.hasData()) {
                readAhead.read(queue);
                return;
            }
            message.undefer();
        }
        conclude(queue, dispatch(message));
        readAhead.requestNext();
    }

    /** Handles the result of the first message of a key: it waits, or makes way for the next. */
    private void conclude(KeyQueue queue, Next next) {
        if (hasToWait(next)) {
            await(queue, next);
        } else {
            waiting.removeFirst(queue);
        }
    }

    /**
     * Makes the first message of a key wait, and those behind it: for its retry delay, or for the responses to the sends of its
     * receivers.
     */
    private void await(KeyQueue queue, Next next) {
        if (next instanceof Next.Retry retry) {
            waiting.wakeAt(queue, System.nanoTime() + retry.delayNanos());
        } else if (next instanceof Next.AwaitSends sends) {
            awaitSends(queue, sends.delivery());
        }
    }

    private void awaitSends(KeyQueue queue, Delivery<?> delivery) {
        InFlightMessage message = queue.first();
        if (awaitingSends.isEmpty()) {
            lastResponseNanos = System.nanoTime();
        }
        awaitingSends.add(message);
        waiting.sleep(queue);
        delivery.whenSendsCompleted(() -> {
            completedSends.add(new CompletedSends(message, delivery));
            arrived.add(NOTHING);
        });
    }

    private void resumeReadAgain() {
        for (ReadAgain next = readAgain.poll(); next != null; next = readAgain.poll()) {
            KeyQueue queue = waiting.of(next.key());
            if (next.delayNanos() == 0) {
                readAhead.arrived(queue);
                waiting.wake(queue);
            } else {
                readAhead.failed(queue);
                waiting.wakeAt(queue, System.nanoTime() + next.delayNanos());
            }
        }
    }

    private void processResponses() {
        for (CompletedSends next = completedSends.poll(); next != null && !abandoned; next = completedSends.poll()) {
            sendsCompleted(next);
        }
    }

    private void sendsCompleted(CompletedSends sends) {
        awaitingSends.remove(sends.message());
        lastResponseNanos = System.nanoTime();
        conclude(
                waiting.of(sends.message().orderingKey()),
                dispatcher.sendsCompleted(sends.message(), sends.delivery()));
        readAhead.requestNext();
    }

    /**
     * Waits for capacity. Most responses arrive soon: waiting for one is cheaper than deferring a message that would be read
     * again at once.
     */
    private void awaitCapacityBehindSends(InFlightMessage message) {
        while (!awaitingSends.isEmpty()
                && !abandoned
                && System.nanoTime() - lastResponseNanos < MAX_WAIT_NANOS
                && waiting.wouldDefer(message)) {
            StopSignal.clearInterrupt();
            try {
                long longest = Math.min(MAX_WAIT_NANOS, waiting.nanosToNext(System.nanoTime()));
                @Nullable CompletedSends sends = completedSends.poll(longest, TimeUnit.NANOSECONDS);
                if (sends != null) {
                    sendsCompleted(sends);
                }
            } catch (InterruptedException e) {
                // Meant for a receiver that has ended meanwhile, as in next().
            }
            processReady(1);
        }
    }

    private Next dispatch(InFlightMessage message) {
        StopSignal.clearInterrupt(); // before the flag is read
        if (abandoned) {
            return Next.UNACKNOWLEDGED; // the message before it on its key may be unacknowledged, too
        }
        current.setRelease(message);
        Next next = dispatcher.dispatch(message);
        current.setRelease(null);
        return next;
    }

    /** Returns the next batch; an empty list when a waiting message is due; null at the end. */
    @SuppressWarnings("ReferenceEquality") // END is compared by identity
    private @Nullable List<InFlightMessage> next() {
        while (!abandoned && !(finishing && hasFinished())) {
            StopSignal.clearInterrupt();
            try {
                List<InFlightMessage> batch = waiting.isEmpty()
                        ? arrived.take()
                        : arrived.poll(waiting.nanosToNext(System.nanoTime()), TimeUnit.NANOSECONDS);
                finishing |= batch == END;
                return batch == null || batch == END ? NOTHING : batch;
            } catch (InterruptedException e) {
                // Meant for a receiver that has ended meanwhile. The worker itself is stopped by "abandoned".
            }
        }
        return null;
    }

    /** Whether all that remains are messages that wait for a retry. */
    private boolean hasFinished() {
        return awaitingSends.isEmpty() && readAhead.isIdle() && !waiting.hasReady();
    }
}
