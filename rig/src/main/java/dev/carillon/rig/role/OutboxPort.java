package dev.carillon.rig.role;

import dev.carillon.bus.EventProducer;
import dev.carillon.events.EventMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An outbox and its relay, the simplest that keep the order: stands in until {@code bus-jdbc} is there. */
final class OutboxPort {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxPort.class);

    private OutboxPort() {}

    static OutboxPort open(EventProducer producer, DataSource database) {
        return new OutboxPort();
    }

    void add(Connection connection, Step step, EventMetadata metadata) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into rig_outbox (counter, number, metadata) values (?, ?, ?)")) {
            statement.setString(1, step.counter());
            statement.setLong(2, step.number());
            statement.setString(3, metadata.toJson());
            statement.executeUpdate();
        }
    }

    static void relay(EventProducer producer, DataSource database, Role role) {
        do {
            try {
                while (!role.isStopped() && round(producer, database)) {
                    // the next hundred
                }
            } catch (SQLException | RuntimeException e) {
                LOG.warn("A round failed: {}", e.toString());
            }
        } while (role.goesOnAfter(Duration.ofMillis(50)));
    }

    private static boolean round(EventProducer producer, DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(42)");
                    ResultSet row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    connection.rollback();
                    return false;
                }
            }
            List<Long> ids = new ArrayList<>();
            // one that fails must not be followed by the next of its counter
            Map<String, CompletableFuture<String>> answers = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select id, counter, number, metadata from rig_outbox order by id limit 100");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    Step step = new Step(rows.getString(2), rows.getLong(3));
                    EventMetadata metadata = EventMetadata.fromJson(rows.getString(4));
                    answers.merge(step.counter(), CompletableFuture.completedFuture(""), (before, none) -> before);
                    answers.computeIfPresent(
                            step.counter(),
                            (counter, before) -> before.thenCompose(position ->
                                    producer.send(Step.TAKEN, Roles.TOPIC, Step.KEY_FIELD, step, metadata)));
                }
            }
            answers.values().forEach(CompletableFuture::join);
            try (PreparedStatement delete = connection.prepareStatement("delete from rig_outbox where id = any(?)")) {
                delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                delete.executeUpdate();
            }
            connection.commit();
            return !ids.isEmpty();
        }
    }
}
