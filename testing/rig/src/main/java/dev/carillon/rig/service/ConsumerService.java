package dev.carillon.rig.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Consumes events with all receivers of the run. */
public final class ConsumerService {

    /** Less than the time after which a process is killed. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

    private static final Duration HEALTH_CHECK_INTERVAL = Duration.ofMillis(500);

    /** Many attempts, for faults that end; exceptions that a retry cannot help lead to a dead letter at once. */
    private static final RetryPolicy RETRIES = RetryPolicy.defaults()
            .withMaxAttempts(100)
            .withDelays(Duration.ofMillis(200), Duration.ofSeconds(2))
            .abortOn(PoisonException.class)
            .abortOn(InterruptedException.class)
            .abortOn(Error.class);

    private ConsumerService() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) throws IOException {
        ServiceContext role = ServiceContext.load();
        Events events = Step.events(role.name());
        try (Appender deliveries = new Appender(role.file(RigNames.DELIVERIES));
                Appender incidents = new Appender(role.file(RigNames.INCIDENTS));
                HikariDataSource database = role.database();
                EventBus bus = role.bus(events)) {
            new Receivers(events, database, new DeliveryRecorder(deliveries), role.folder(), role.name()).connect();
            ConsumerOptions options = ConsumerOptions.defaults()
                    .withStartAt(StartAt.earliest())
                    // the same name after each restart: unacknowledged events are delivered again at once, and in order
                    .withConsumerName(role.name())
                    .withExtra(lease(role))
                    .withDrainTimeout(DRAIN_TIMEOUT)
                    .withRetries(RETRIES)
                    .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                    // while the database is unavailable, no attempts are spent
                    .withHealthCheck(() -> isAvailable(database), HEALTH_CHECK_INTERVAL)
                    .withListener(incident -> incidents.append(role.name() + ": " + incident));
            bus.consumer(List.of(RigNames.TOPIC), RigNames.GROUP, options).runUntilShutdown();
        }
    }

    /** A short lease on Redis; nothing on Kafka. */
    private static Map<String, Object> lease(ServiceContext role) {
        return role.find(RigNames.LEASE_SECONDS)
                .map(seconds -> Map.<String, Object>of("lease_seconds", Integer.parseInt(seconds)))
                .orElse(Map.of());
    }

    private static boolean isAvailable(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
