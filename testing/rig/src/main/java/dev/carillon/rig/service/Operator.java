package dev.carillon.rig.service;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every few seconds, removes the cause of all dead letters and redrives them: those of a key together, and only when none of the key is
 * already being redriven.
 */
public final class Operator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
    private static final Duration INTERVAL = Duration.ofSeconds(4);

    /** A redriven dead letter that still exists after this time is redriven again: the broker may have been killed. */
    private static final Duration REDRIVE_TIMEOUT = Duration.ofSeconds(20);

    private final String databaseUrl;
    private final Path folder;
    private final EventBus bus;
    private final DeadLetters deadLetters;
    private final AtomicLong redriven = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /**
     * An operator that has not started.
     *
     * @param broker the settings with which a service uses the broker
     * @param folder the folder of the run, with its {@link FaultSwitch}es
     */
    public Operator(Map<String, String> broker, String databaseUrl, Path folder) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
        this.bus = EventBus.open(Settings.of(broker), Step.events("operator"));
        this.deadLetters = bus.deadLetters(RigNames.TOPIC, RigNames.GROUP);
    }

    /** Starts to redrive dead letters, in a thread of its own. */
    @SuppressWarnings("FutureReturnValueIgnored") // catches its exceptions; ends with close()
    public void start() {
        thread.scheduleWithFixedDelay(
                this::redriveAll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void redriveAll() {
        if (FaultSwitch.ARCHIVE_FAILS.isOn(folder)) {
            return;
        }
        try {
            Instant stale = Clock.systemUTC().instant().minus(REDRIVE_TIMEOUT);
            List<DeadLetter> all = deadLetters.list();
            Set<String> inFlightKeys = all.stream()
                    .filter(deadLetter -> deadLetter.redrivenAt() != null
                            && deadLetter.redrivenAt().isAfter(stale))
                    .map(deadLetter -> String.valueOf(deadLetter.key()))
                    .collect(Collectors.toSet());
            List<DeadLetter> chosen = all.stream()
                    .filter(deadLetter -> !inFlightKeys.contains(String.valueOf(deadLetter.key())))
                    .toList();
            resolve(chosen);
            deadLetters.redrive(chosen);
            redriven.addAndGet(chosen.size());
        } catch (SQLException | RuntimeException e) {
            LOG.info(
                    "Operator could not redrive dead letters; retrying in {} s: {}",
                    INTERVAL.toSeconds(),
                    e.toString());
        }
    }

    private void resolve(List<DeadLetter> chosen) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl)) {
            ResolvedPoison.add(
                    connection,
                    chosen.stream()
                            .map(deadLetter -> String.valueOf(deadLetter.eventId()))
                            .toList());
        }
    }

    /** How many dead letters were redriven. */
    public long redriven() {
        return redriven.get();
    }

    /** Stops, after waiting up to a minute for a redrive in progress. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("Operator has not ended within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bus.close();
    }
}
