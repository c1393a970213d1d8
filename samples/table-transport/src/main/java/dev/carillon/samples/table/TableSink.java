package dev.carillon.samples.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.UnpublishableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes messages one after the other, in a thread of its own. */
final class TableSink implements MessageSink {

    static final int MAX_BYTES = 1_048_576; // the limit of a column
    private final Database database;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> new Thread(task, "table-sink"));

    TableSink(Database database) {
        this.database = database;
    }

    @Override
    public CompletableFuture<String> send(OutgoingMessage message) {
        if (message.data().length > MAX_BYTES) {
            return CompletableFuture.failedFuture(new UnpublishableException(
                    "A message of " + message.data().length + " bytes exceeds the limit of " + MAX_BYTES, null));
        }
        return CompletableFuture.supplyAsync(() -> write(message), writer);
    }

    private String write(OutgoingMessage message) {
        MessageKey sent = message.key();
        byte @Nullable [] key = sent == null ? null : sent.value().toString().getBytes(UTF_8);
        Object[] headers = message.headers().stream()
                .flatMap(header -> Stream.of(header.name().getBytes(UTF_8), header.value()))
                .toArray();
        String insert = "INSERT INTO message VALUES (?, ?, DEFAULT, ?, ?, ?, ?)";
        return database.transaction("write to topic " + message.topic(), open -> {
            long at = nextPosition(open, message.topic());
            Database.update(open, insert, message.topic(), at, headers, key, message.data(), message.schemaText());
            return Long.toString(at);
        });
    }

    /** Locks the topic until the commit: messages appear in the order of positions, and no reader skips a late one. */
    private static long nextPosition(Connection open, String topic) throws SQLException {
        String next = "SELECT last_position FROM FINAL TABLE "
                + "(UPDATE topic SET last_position = last_position + 1 WHERE name = ?)";
        OptionalLong position = Database.number(open, next, topic);
        if (position.isEmpty()) {
            Database.insertIfAbsent(open, Database.NEW_TOPIC, topic);
            position = Database.number(open, next, topic);
        }
        return position.orElseThrow();
    }

    @Override
    public void close() {
        writer.shutdown(); // what was sent before is written, or fails
        try {
            writer.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
