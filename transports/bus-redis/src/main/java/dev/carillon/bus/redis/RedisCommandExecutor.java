package dev.carillon.bus.redis;

import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands over a connection of its own and waits for the replies; connects when necessary. For one thread.
 *
 * <p>After a timeout or a lost connection, the connection is discarded, because it is unknown what Redis has executed. Every
 * method takes the operation in words, such as "read topics a, b for group g", for error messages, and throws a
 * {@link TransportException} on failure.
 */
final class RedisCommandExecutor implements AutoCloseable {

    private final RedisConnector connector;
    private final RedisExceptionTranslator exceptions;
    private final Duration timeout;
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private long generation;

    RedisCommandExecutor(RedisConnector connector) {
        this(connector, connector.url().timeouts().command());
    }

    /** Waits for replies no longer than this, and no longer than the command timeout of the URL. */
    RedisCommandExecutor(RedisConnector connector, Duration maxTimeout) {
        Duration command = connector.url().timeouts().command();
        this.timeout = maxTimeout.compareTo(command) < 0 ? maxTimeout : command;
        this.connector = connector;
        this.exceptions = new RedisExceptionTranslator(connector.url());
    }

    /** Whether there is a connection, as far as is known. */
    boolean isConnected() {
        return connection != null;
    }

    /** Connects if there is no connection. Returns the number of the current connection: a new one has a larger number. */
    long connect(String operation) {
        if (connection == null) {
            connection = newConnection(operation);
            generation++;
        }
        return generation;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that is opened too late is closed
    private StatefulRedisConnection<byte[], byte[]> newConnection(String operation) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> opening =
                connector.open().toCompletableFuture();
        boolean used = false;
        try {
            StatefulRedisConnection<byte[], byte[]> opened =
                    opening.get(2 * connector.url().timeouts().connect().toNanos(), TimeUnit.NANOSECONDS);
            used = true;
            return opened;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw exceptions.translate(operation, e);
        } catch (InterruptedException e) {
            throw interrupted(operation, e);
        } finally {
            if (!used) {
                opening.whenComplete((late, failure) -> {
                    if (late != null) {
                        connector.release(late);
                    }
                });
            }
        }
    }

    /** Sends a command and returns its reply. */
    <T> T execute(String operation, RedisCommand<T> command) {
        return execute(operation, command, Duration.ZERO);
    }

    /** Sends a command that blocks in Redis for up to this time, and returns its reply. */
    <T> T execute(String operation, RedisCommand<T> command, Duration blocking) {
        connect(operation);
        write(List.of(command));
        return await(operation, command, deadline(blocking));
    }

    /**
     * Sends a command that blocks in Redis for up to this time, and pipelines others after it, which see the state right after
     * the first. Returns the reply of the first; the others have theirs as futures. An error in any of them is thrown.
     */
    <T, U> T execute(String operation, RedisCommand<T> command, Duration blocking, List<RedisCommand<U>> followUps) {
        connect(operation);
        List<RedisCommand<?>> all = new ArrayList<>();
        all.add(command);
        all.addAll(followUps);
        write(all);
        long deadline = deadline(blocking);
        T reply = await(operation, command, deadline);
        followUps.forEach(each -> await(operation, each, deadline));
        return reply;
    }

    /** Pipelines several commands and returns their replies. The first error is thrown after all replies have arrived. */
    <T> List<T> executeAll(String operation, List<RedisCommand<T>> commands) {
        connect(operation);
        write(commands);
        long deadline = deadline(Duration.ZERO);
        List<T> replies = new ArrayList<>(commands.size());
        @Nullable TransportException failure = null;
        for (RedisCommand<T> command : commands) {
            try {
                replies.add(await(operation, command, deadline));
            } catch (TransportException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return replies;
    }

    private long deadline(Duration blocking) {
        return System.nanoTime() + blocking.toNanos() + timeout.toNanos();
    }

    private void write(List<? extends RedisCommand<?>> commands) {
        StatefulRedisConnection<byte[], byte[]> to = connection;
        if (to != null) {
            commands.forEach(to::dispatch);
        }
    }

    private <T> T await(String operation, RedisCommand<T> command, long deadline) {
        try {
            return command.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RedisCommandExecutionException)
                    || RedisExceptionTranslator.isReplicaError(e.getCause().getMessage())) {
                close();
            }
            throw exceptions.translate(operation, e);
        } catch (TimeoutException e) {
            close();
            throw exceptions.timeout(operation, true, null);
        } catch (CancellationException e) {
            close();
            throw exceptions.translate(operation, null);
        } catch (InterruptedException e) {
            throw interrupted(operation, e);
        }
    }

    private TransportException interrupted(String operation, InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        return exceptions.translate(operation, e);
    }

    /** Discards the connection; the next command opens a new one. */
    @Override
    public void close() {
        if (connection != null) {
            connector.release(connection);
            connection = null;
        }
    }
}
