package dev.carillon.bus.redis;

import dev.carillon.bus.redis.PublishedSchemas.StoredSchema;
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
 * <p>A send completes or fails within the command timeout, whether Redis is reachable or not. After a lost connection,
 * unconfirmed messages are sent again over the next one, in order and before newer ones. Those that Redis had already added are
 * duplicates then, and a message whose send timed out may have been added, too: delivery is at least once.
 */
final class RedisSink implements MessageSink {

    private final RedisConnector connector;
    private final WireFormat wire;
    private final RedisExceptionTranslator exceptions;
    private final EventExecutor timer;
    private final long timeoutNanos;
    private final int maxUnconfirmed;
    private final ReconnectDelay delay = new ReconnectDelay();
    private final PublishedSchemas schemas = new PublishedSchemas();

    private final Object lock = new Object();
    private final ArrayDeque<PendingSend> unconfirmed = new ArrayDeque<>(); // oldest first
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private @Nullable Throwable connectFailure;
    private boolean connecting;
    private boolean expiryScheduled;
    private boolean closed;

    /** Rejects messages while this many are unconfirmed. */
    RedisSink(RedisConnector connector, WireFormat wire, int maxUnconfirmed) {
        this.maxUnconfirmed = maxUnconfirmed;
        this.connector = connector;
        this.wire = wire;
        this.exceptions = new RedisExceptionTranslator(connector.url());
        this.timer = connector.timer();
        this.timeoutNanos = connector.url().timeouts().command().toNanos();
    }

    /** The future of a message's position, until Redis has confirmed it or its time has expired. */
    private static final class PendingSend extends CompletableFuture<String> {

        private final OutgoingMessage message;
        private final long deadline;

        /** The connection that the message was last written to; null before the first. Guarded by the sink's lock. */
        private @Nullable StatefulRedisConnection<byte[], byte[]> writtenTo;

        /** The deadline is a time of {@link System#nanoTime()}. */
        PendingSend(OutgoingMessage message, long deadline) {
            this.message = message;
            this.deadline = deadline;
        }

        long remainingNanos(long now) {
            return deadline - now;
        }

        /** In words, for error messages. */
        String operation() {
            return "publish to topic " + message.topic();
        }
    }

    @Override
    public CompletableFuture<String> send(OutgoingMessage message) {
        PendingSend send = new PendingSend(message, System.nanoTime() + timeoutNanos);
        synchronized (lock) {
            removeConfirmed();
            if (closed) {
                send.completeExceptionally(rejected(send, "the sink is closed"));
                return send;
            }
            if (unconfirmed.size() >= maxUnconfirmed) {
                send.completeExceptionally(rejected(
                        send, maxUnconfirmed + " messages are unconfirmed; wait for some before sending more"));
                return send;
            }
            unconfirmed.add(send);
            if (!expiryScheduled) {
                expiryScheduled = true;
                schedule(this::expire, timeoutNanos);
            }
            if (connection == null) {
                connect();
            } else {
                write(send, connection);
            }
        }
        return send;
    }

    private TransportException rejected(PendingSend send, String reason) {
        return exceptions.translate(send.operation(), new IllegalStateException(reason));
    }

    private void removeConfirmed() {
        for (PendingSend head = unconfirmed.peek(); head != null && head.isDone(); head = unconfirmed.peek()) {
            unconfirmed.remove();
        }
    }

    private void write(PendingSend send, StatefulRedisConnection<byte[], byte[]> to) {
        send.writtenTo = to;
        StoredSchema schema = schemas.before(send.message, to);
        to.dispatch(new Attempt(send, to, schema));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the tasks do not fail
    private void schedule(Runnable task, long nanos) {
        timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** Opens a connection after the delay, unless one is being opened. Called under the lock. */
    private void connect() {
        if (!connecting) {
            connecting = true;
            schedule(this::open, TimeUnit.MILLISECONDS.toNanos(delay.nextMillis()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // onConnected handles the outcome
    private void open() {
        connector.open().whenComplete(this::onConnected);
    }

    private void onConnected(@Nullable StatefulRedisConnection<byte[], byte[]> opened, @Nullable Throwable failure) {
        List<PendingSend> rejected = List.of();
        synchronized (lock) {
            connecting = false;
            connectFailure = failure;
            removeConfirmed();
            if (opened != null && closed && unconfirmed.isEmpty()) {
                connector.release(opened);
            } else if (opened != null) {
                connection = opened;
                for (PendingSend send : List.copyOf(unconfirmed)) {
                    if (connection == opened && !send.isDone()) {
                        write(send, opened);
                    }
                }
            } else if (failure != null && RedisExceptionTranslator.isPermanent(failure)) {
                rejected = new ArrayList<>(unconfirmed);
                unconfirmed.clear();
            } else if (!unconfirmed.isEmpty()) {
                connect();
            }
        }
        rejected.forEach(send -> send.completeExceptionally(exceptions.translate(send.operation(), failure)));
    }

    /** Discards a broken connection; unconfirmed messages are sent again over the next one. */
    private void onConnectionLost(StatefulRedisConnection<byte[], byte[]> broken) {
        synchronized (lock) {
            if (connection == broken) {
                connection = null;
                connector.release(broken);
                removeConfirmed();
                if (!unconfirmed.isEmpty()) {
                    connect();
                }
            }
        }
    }

    /** Fails the messages whose time has expired, and discards the connection if it left one of them without a reply. */
    private void expire() {
        List<PendingSend> expired = new ArrayList<>();
        @Nullable Throwable reason;
        synchronized (lock) {
            long now = System.nanoTime();
            boolean hangs = false;
            PendingSend head = unconfirmed.peek();
            while (head != null && (head.isDone() || head.remainingNanos(now) <= 0)) {
                unconfirmed.remove();
                if (!head.isDone()) {
                    expired.add(head);
                    hangs |= connection != null && head.writtenTo == connection;
                }
                head = unconfirmed.peek();
            }
            reason = connectFailure;
            if (hangs && connection != null) {
                onConnectionLost(connection);
            }
            expiryScheduled = head != null;
            if (head != null) {
                schedule(this::expire, head.remainingNanos(now));
            }
        }
        expired.forEach(send ->
                send.completeExceptionally(exceptions.timeout(send.operation(), send.writtenTo != null, reason)));
    }

    /** Blocks until each send has completed or failed, which its timeout bounds, or until this thread is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        List<PendingSend> remaining;
        synchronized (lock) {
            closed = true;
            remaining = new ArrayList<>(unconfirmed);
        }
        try {
            CompletableFuture.allOf(remaining.toArray(CompletableFuture[]::new))
                    .get(2 * timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Each future reports its failure to its own caller.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        remaining.forEach(send -> send.completeExceptionally(rejected(send, "the sink was closed")));
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

    /** One attempt to send a message, over one connection. */
    private final class Attempt extends Command<byte[], byte[], String> {

        private final PendingSend send;
        private final StatefulRedisConnection<byte[], byte[]> connection;
        private final @Nullable StoredSchema schema;

        Attempt(PendingSend send, StatefulRedisConnection<byte[], byte[]> connection, @Nullable StoredSchema schema) {
            super(CommandType.XADD, new StatusOutput<>(ByteArrayCodec.INSTANCE), wire.xadd(send.message));
            this.send = send;
            this.connection = connection;
            this.schema = schema;
        }

        /** Redis has replied. */
        @Override
        public void complete() {
            super.complete();
            delay.reset();
            if (getOutput().hasError()) {
                if (RedisExceptionTranslator.isReplicaError(getOutput().getError())) {
                    onConnectionLost(connection);
                }
                send.completeExceptionally(
                        exceptions.translateError(send.operation(), getOutput().getError()));
            } else if (schema != null && schema.error() != null) {
                // Redis has the message, but nobody can read it: so it is not published.
                send.completeExceptionally(exceptions.translateError(
                        "store the schema of messages of topic " + send.message.topic(), schema.error()));
            } else {
                send.complete(get());
            }
        }

        /** The connection was lost before Redis replied, or the reply could not be decoded. */
        @Override
        public boolean completeExceptionally(Throwable failure) {
            super.completeExceptionally(failure);
            onConnectionLost(connection);
            return true;
        }

        @Override
        public void cancel() {
            super.cancel();
            onConnectionLost(connection);
        }
    }
}
