package dev.carillon.bus.redis;

import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Appends messages to streams, pipelined over one connection.
 *
 * <p>A message is Redis's, or fails, within the command timeout, whether Redis is reachable or not. When the connection is
 * lost, the messages whose answers are missing are sent again over the next one, in their order and before newer ones; those
 * that Redis had taken are then there twice. A message that failed because its time was up may be there as well: delivery is
 * at least once.
 */
final class RedisSink implements MessageSink {

    private final RedisConnector connector;
    private final Wire wire;
    private final RedisFailure failures;
    private final EventExecutor timer;
    private final long patienceNanos;
    private final int maxUnanswered;
    private final ReconnectDelay delay = new ReconnectDelay();

    private final Object lock = new Object();
    private final ArrayDeque<Send> unanswered = new ArrayDeque<>();
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private @Nullable Throwable connectFailure;
    private boolean connecting;
    private boolean ticking;
    private boolean closed;

    /** Refuses messages while so many are under way. */
    RedisSink(RedisConnector connector, Wire wire, int maxUnanswered) {
        this.maxUnanswered = maxUnanswered;
        this.connector = connector;
        this.wire = wire;
        this.failures = new RedisFailure(connector.url());
        this.timer = connector.timer();
        this.patienceNanos = connector.url().timeouts().command().toNanos();
    }

    @Override
    public CompletableFuture<String> send(OutgoingMessage message) {
        Send send = new Send(message, System.nanoTime() + patienceNanos);
        synchronized (lock) {
            dropAnswered();
            if (closed) {
                send.completeExceptionally(failed(message, "the sink is closed"));
                return send;
            }
            if (unanswered.size() >= maxUnanswered) {
                send.completeExceptionally(failed(
                        message,
                        maxUnanswered + " messages wait for it already; wait for answers before sending more"));
                return send;
            }
            unanswered.add(send);
            if (!ticking) {
                ticking = true;
                later(this::tick, patienceNanos);
            }
            if (connection == null) {
                connect();
            } else {
                write(send, connection);
            }
        }
        return send;
    }

    private TransportException failed(OutgoingMessage message, String reason) {
        return failures.of(asked(message), new IllegalStateException(reason));
    }

    private static String asked(OutgoingMessage message) {
        return "take a message for topic " + message.topic();
    }

    private void dropAnswered() {
        for (Send head = unanswered.peek(); head != null && head.isDone(); head = unanswered.peek()) {
            unanswered.remove();
        }
    }

    private void write(Send send, StatefulRedisConnection<byte[], byte[]> to) {
        send.writtenTo(to);
        to.dispatch(new Attempt(send, to));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the tasks do not fail
    private void later(Runnable task, long nanos) {
        timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Called under the lock. Does nothing while a connection is made. */
    private void connect() {
        if (!connecting) {
            connecting = true;
            later(this::open, TimeUnit.MILLISECONDS.toNanos(delay.nextMillis()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // connected() hears of it
    private void open() {
        connector.open().whenComplete(this::connected);
    }

    private void connected(@Nullable StatefulRedisConnection<byte[], byte[]> made, @Nullable Throwable failure) {
        List<Send> refused = List.of();
        synchronized (lock) {
            connecting = false;
            connectFailure = failure;
            dropAnswered();
            if (made != null && closed && unanswered.isEmpty()) {
                connector.release(made);
            } else if (made != null) {
                connection = made;
                for (Send send : List.copyOf(unanswered)) {
                    if (connection == made && !send.isDone()) {
                        write(send, made);
                    }
                }
            } else if (failure != null && RedisFailure.isRefusal(failure)) {
                refused = new ArrayList<>(unanswered);
                unanswered.clear();
            } else if (!unanswered.isEmpty()) {
                connect();
            }
        }
        refused.forEach(send -> send.completeExceptionally(failures.of(asked(send.message()), failure)));
    }

    /** The connection is of no use any more; what was not answered goes over the next one. */
    private void lost(StatefulRedisConnection<byte[], byte[]> broken) {
        synchronized (lock) {
            if (connection == broken) {
                connection = null;
                connector.release(broken);
                dropAnswered();
                if (!unanswered.isEmpty()) {
                    connect();
                }
            }
        }
    }

    /** Fails the messages whose time is up; a connection that kept one waiting so long is given up. */
    private void tick() {
        List<Send> late = new ArrayList<>();
        @Nullable Throwable reason;
        synchronized (lock) {
            long now = System.nanoTime();
            boolean hangs = false;
            Send head = unanswered.peek();
            while (head != null && (head.isDone() || head.remaining(now) <= 0)) {
                unanswered.remove();
                if (!head.isDone()) {
                    late.add(head);
                    hangs |= head.isWrittenTo(connection);
                }
                head = unanswered.peek();
            }
            reason = connectFailure;
            if (hangs && connection != null) {
                lost(connection);
            }
            ticking = head != null;
            if (head != null) {
                later(this::tick, head.remaining(now));
            }
        }
        late.forEach(
                send -> send.completeExceptionally(failures.late(asked(send.message()), send.isWritten(), reason)));
    }

    /** Waits until each message is taken or failed, which its timeout bounds, or until an interrupt that comes meanwhile. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        List<Send> remaining;
        synchronized (lock) {
            closed = true;
            remaining = new ArrayList<>(unanswered);
        }
        try {
            CompletableFuture.allOf(remaining.toArray(CompletableFuture[]::new))
                    .get(2 * patienceNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Each future tells its own caller.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        remaining.forEach(send -> send.completeExceptionally(failed(send.message(), "the sink was closed")));
        synchronized (lock) {
            if (connection != null) {
                connector.release(connection);
                connection = null;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One writing of a message to one connection. */
    private final class Attempt extends Command<byte[], byte[], String> {

        private final Send send;
        private final StatefulRedisConnection<byte[], byte[]> connection;

        Attempt(Send send, StatefulRedisConnection<byte[], byte[]> connection) {
            super(CommandType.XADD, new StatusOutput<>(ByteArrayCodec.INSTANCE), wire.xadd(send.message()));
            this.send = send;
            this.connection = connection;
        }

        /** Redis answered. */
        @Override
        public void complete() {
            super.complete();
            delay.reset();
            if (getOutput().hasError()) {
                if (RedisFailure.isReplica(getOutput().getError())) {
                    lost(connection);
                }
                send.completeExceptionally(
                        failures.answer(asked(send.message()), getOutput().getError()));
            } else {
                send.complete(get());
            }
        }

        /** The connection broke before Redis answered, or the answer made no sense. */
        @Override
        public boolean completeExceptionally(Throwable failure) {
            super.completeExceptionally(failure);
            lost(connection);
            return true;
        }

        @Override
        public void cancel() {
            super.cancel();
            lost(connection);
        }
    }
}
