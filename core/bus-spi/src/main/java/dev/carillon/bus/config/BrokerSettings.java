package dev.carillon.bus.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings that each broker has under its own prefix, {@code EVENT_BUS_REDIS_} or {@code EVENT_BUS_KAFKA_}.
 *
 * @param prefix the prefix of the settings' names
 * @param consumersEnabled {@code CONSUMERS_ENABLED}: false prevents consumers from starting
 * @param pollTimeout {@code CONSUMER_POLL_TIMEOUT}: how long a poll waits for messages; 0 means no limit, as in Redis
 * @param pollFailureSleep {@code CONSUMER_POLL_FAILURE_SLEEP}: the first delay after a broker failure; doubled each time
 * @param consecutiveErrorsLimit {@code CONSUMER_CONSECUTIVE_ERRORS_LIMIT}: the number of consecutive errors that ends the
 *     consumer
 * @param auditLogging {@code AUDIT_LOGGING_ENABLED}: whether each event is logged
 */
public record BrokerSettings(
        String prefix,
        boolean consumersEnabled,
        Duration pollTimeout,
        Duration pollFailureSleep,
        Optional<Integer> consecutiveErrorsLimit,
        boolean auditLogging) {

    public static BrokerSettings read(SettingsReader settings, String prefix) {
        return new BrokerSettings(
                prefix,
                settings.bool(prefix + "CONSUMERS_ENABLED", true),
                settings.seconds(prefix + "CONSUMER_POLL_TIMEOUT", Duration.ofSeconds(60)),
                settings.seconds(prefix + "CONSUMER_POLL_FAILURE_SLEEP", Duration.ofSeconds(1)),
                settings.number(limitName(prefix), 0).filter(limit -> limit > 0).map(limit ->
                        (int) Math.min(limit, Integer.MAX_VALUE)),
                settings.bool(prefix + "AUDIT_LOGGING_ENABLED", true));
    }

    public String limitName() {
        return limitName(prefix);
    }

    private static String limitName(String prefix) {
        return prefix + "CONSUMER_CONSECUTIVE_ERRORS_LIMIT";
    }
}
