package dev.carillon.bus.redis;

import dev.carillon.bus.transport.OutgoingMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message that a sink took, until Redis has it or the time is up: the future of its position. */
final class Send extends CompletableFuture<String> {

    private final OutgoingMessage message;
    private final long deadline;
    private @Nullable StatefulRedisConnection<byte[], byte[]> writtenTo;

    /** To be finished at this time of {@link System#nanoTime()}. */
    Send(OutgoingMessage message, long deadline) {
        this.message = message;
        this.deadline = deadline;
    }

    OutgoingMessage message() {
        return message;
    }

    /** How long it may still take, in nanoseconds. */
    long remaining(long now) {
        return deadline - now;
    }

    /** Guarded by the sink. */
    void writtenTo(StatefulRedisConnection<byte[], byte[]> connection) {
        this.writtenTo = connection;
    }

    /** Whether Redis may have it. Guarded by the sink. */
    boolean isWritten() {
        return writtenTo != null;
    }

    /** Guarded by the sink. */
    boolean isWrittenTo(@Nullable StatefulRedisConnection<byte[], byte[]> connection) {
        return connection != null && writtenTo == connection;
    }
}
