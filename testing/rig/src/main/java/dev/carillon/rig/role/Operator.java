package dev.carillon.rig.role;

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
 * Looks at the dead letters every few seconds, removes the cause of each, and has it handled again: those of a key together, and
 * not while some of the key are under way.
 */
public final class Operator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);
    private static final Duration EVERY = Duration.ofSeconds(4);

    /** What was redriven and is still there after so long is redriven again: the broker may have been killed in between. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String databaseUrl;
    private final Path folder;
    private final EventBus bus;
    private final DeadLetters letters;
    private final AtomicLong redriven = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /**
     * One that has not begun.
     *
     * @param broker what a service sets to use the broker
     * @param folder where the conditions are
     */
    public Operator(Map<String, String> broker, String databaseUrl, Path folder) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
        this.bus = EventBus.open(Settings.of(broker), Step.events("operator"));
        this.letters = bus.deadLetters(Roles.TOPIC, Roles.GROUP);
    }

    /** Begins. */
    @SuppressWarnings("FutureReturnValueIgnored") // it does not fail, and ends with close()
    public void start() {
        thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (Condition.ARCHIVE_FAILS.isOn(folder)) {
            return;
        }
        try {
            Instant stale = Clock.systemUTC().instant().minus(PATIENCE);
            List<DeadLetter> all = letters.list();
            Set<String> underWay = all.stream()
                    .filter(letter ->
                            letter.redriven() != null && letter.redriven().isAfter(stale))
                    .map(letter -> String.valueOf(letter.key()))
                    .collect(Collectors.toSet());
            List<DeadLetter> chosen = all.stream()
                    .filter(letter -> !underWay.contains(String.valueOf(letter.key())))
                    .toList();
            cure(chosen);
            letters.redrive(chosen);
            redriven.addAndGet(chosen.size());
        } catch (SQLException | RuntimeException e) {
            LOG.info("Trying again later: {}", e.toString());
        }
    }

    private void cure(List<DeadLetter> chosen) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl)) {
            Cures.add(
                    connection,
                    chosen.stream()
                            .map(letter -> String.valueOf(letter.eventId()))
                            .toList());
        }
    }

    /** How many letters were redriven. */
    public long redriven() {
        return redriven.get();
    }

    /** Ends, behind what is at work. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The operator has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bus.close();
    }
}
