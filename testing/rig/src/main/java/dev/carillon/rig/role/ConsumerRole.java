package dev.carillon.rig.role;

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

/** Has several receivers do what each event asks for. */
public final class ConsumerRole {

    /** Less than is granted to a process that is to end. */
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private static final Duration HEALTH_CHECK_EVERY = Duration.ofMillis(500);

    /** Patient, for what fails only for a while; what says of itself that it is final goes among the dead letters at once. */
    private static final RetryPolicy RETRIES = RetryPolicy.defaults()
            .withMaxAttempts(100)
            .withDelays(Duration.ofMillis(200), Duration.ofSeconds(2))
            .abortOn(PoisonException.class)
            .abortOn(InterruptedException.class)
            .abortOn(Error.class);

    private ConsumerRole() {}

    /** Runs until SIGTERM. */
    public static void main(String[] arguments) throws IOException {
        Role role = Role.load();
        Events events = Step.events(role.name());
        try (Appender deliveries = new Appender(role.file(Roles.DELIVERIES));
                Appender incidents = new Appender(role.file(Roles.INCIDENTS));
                HikariDataSource database = role.database();
                EventBus bus = role.bus(events)) {
            new Receivers(events, database, new Recorder(deliveries), role.folder(), role.name()).connect();
            ConsumerOptions options = ConsumerOptions.defaults()
                    .withStartAt(StartAt.earliest())
                    // the same over each restart: what it had not finished comes back at once, and in order
                    .withConsumerName(role.name())
                    .withExtra(lease(role))
                    .withDrainTimeout(DRAIN)
                    .withRetries(RETRIES)
                    .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                    // what fails while the database is away is no failure of the event's
                    .withHealthCheck(() -> isThere(database), HEALTH_CHECK_EVERY)
                    .withListener(incident -> incidents.append(role.name() + ": " + incident));
            bus.consumer(List.of(Roles.TOPIC), Roles.GROUP, options).runUntilShutdown();
        }
    }

    /** On Redis. */
    private static Map<String, Object> lease(Role role) {
        return role.find(Roles.LEASE_SECONDS)
                .map(seconds -> Map.<String, Object>of("lease_seconds", Integer.parseInt(seconds)))
                .orElse(Map.of());
    }

    private static boolean isThere(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
