package dev.carillon.bus.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings that each broker has under its own prefix, {@code EVENT_BUS_REDIS_} or {@code EVENT_BUS_KAFKA_}.
 *
 * @param prefix how the settings' names begin
 * @param consumersEnabled {@code CONSUMERS_ENABLED}: false keeps consumers from starting
 * @param pollTimeout {@code CONSUMER_POLL_TIMEOUT}: how long a poll waits for messages; 0: without end, as Redis has it
 * @param pollFailureSleep {@code CONSUMER_POLL_FAILURE_SLEEP}: the first wait after the broker failed; doubled each time
 * @param consecutiveErrorsLimit {@code CONSUMER_CONSECUTIVE_ERRORS_LIMIT}: so many errors in a row end the consumer
 * @param auditLogging {@code AUDIT_LOGGING_ENABLED}: a log line for each event
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
