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
 * A connection for one thread, which asks and waits. When an answer does not come in time, or the connection breaks, it is
 * thrown away: nobody can know then what Redis has done.
 */
final class RedisLink implements AutoCloseable {

    private final RedisConnector connector;
    private final RedisFailure failures;
    private final Duration longest;
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private long generation;

    RedisLink(RedisConnector connector) {
        this(connector, connector.url().timeouts().command());
    }

    /** Waits for answers no longer than this, and no longer than the settings say. */
    RedisLink(RedisConnector connector, Duration longest) {
        Duration command = connector.url().timeouts().command();
        this.longest = longest.compareTo(command) < 0 ? longest : command;
        this.connector = connector;
        this.failures = new RedisFailure(connector.url());
    }

    /** Whether there is a connection, as far as is known. */
    boolean isOpen() {
        return connection != null;
    }

    /** Counts the connections; connects when there is none. */
    long open(String asked) {
        if (connection == null) {
            connection = connect(asked);
            generation++;
        }
        return generation;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that comes too late is closed
    private StatefulRedisConnection<byte[], byte[]> connect(String asked) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> made =
                connector.open().toCompletableFuture();
        boolean used = false;
        try {
            StatefulRedisConnection<byte[], byte[]> opened =
                    made.get(2 * connector.url().timeouts().connect().toNanos(), TimeUnit.NANOSECONDS);
            used = true;
            return opened;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw failures.of(asked, e);
        } catch (InterruptedException e) {
            throw interrupted(asked, e);
        } finally {
            if (!used) {
                made.whenComplete((late, failure) -> {
                    if (late != null) {
                        connector.release(late);
                    }
                });
            }
        }
    }

    /** Asks, and waits for the answer. */
    <T> T ask(String asked, Reply<T> reply) {
        return ask(asked, reply, Duration.ZERO);
    }

    /** Asks for something that Redis itself takes its time for. */
    <T> T ask(String asked, Reply<T> reply, Duration blocking) {
        open(asked);
        write(List.of(reply));
        return answer(asked, reply, deadline(blocking));
    }

    /**
     * Asks for something that Redis itself takes its time for, and for more in the same go, whose answers show the state just
     * behind it. Their answers are the futures' own; an error in one is thrown.
     */
    <T, U> T ask(String asked, Reply<T> reply, Duration blocking, List<Reply<U>> behind) {
        open(asked);
        List<Reply<?>> all = new ArrayList<>();
        all.add(reply);
        all.addAll(behind);
        write(all);
        long deadline = deadline(blocking);
        T answer = answer(asked, reply, deadline);
        behind.forEach(each -> answer(asked, each, deadline));
        return answer;
    }

    /** Asks for several things in one go; an error in one answer is thrown when all answers are there. */
    <T> List<T> askAll(String asked, List<Reply<T>> replies) {
        open(asked);
        write(replies);
        long deadline = deadline(Duration.ZERO);
        List<T> answers = new ArrayList<>(replies.size());
        @Nullable TransportException failure = null;
        for (Reply<T> reply : replies) {
            try {
                answers.add(answer(asked, reply, deadline));
            } catch (TransportException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return answers;
    }

    private long deadline(Duration blocking) {
        return System.nanoTime() + blocking.toNanos() + longest.toNanos();
    }

    private void write(List<? extends Reply<?>> replies) {
        StatefulRedisConnection<byte[], byte[]> to = connection;
        if (to != null) {
            replies.forEach(to::dispatch);
        }
    }

    private <T> T answer(String asked, Reply<T> reply, long deadline) {
        try {
            return reply.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RedisCommandExecutionException)
                    || RedisFailure.isReplica(e.getCause().getMessage())) {
                close();
            }
            throw failures.of(asked, e);
        } catch (TimeoutException e) {
            close();
            throw failures.late(asked, true, null);
        } catch (CancellationException e) {
            close();
            throw failures.of(asked, null);
        } catch (InterruptedException e) {
            throw interrupted(asked, e);
        }
    }

    private TransportException interrupted(String asked, InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        return failures.of(asked, e);
    }

    /** Throws the connection away; the next question makes a new one. */
    @Override
    public void close() {
        if (connection != null) {
            connector.release(connection);
            connection = null;
        }
    }
}
