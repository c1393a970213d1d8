package dev.carillon.rig.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.Outbox;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The environment of the service in this process: its settings, its database, and SIGTERM. */
final class ServiceContext {

    /** Just below the time after which the process is killed. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(9);

    private static final int MAX_CONNECTIONS = 10;

    private final Settings settings = Settings.load().with("EVENT_BUS_PRODUCER_CONFIG", Step.PRODUCER_CONFIG);
    private final CountDownLatch stop = new CountDownLatch(1);

    /** The context of this process. On SIGTERM, the process waits for the end of the calling thread. */
    static ServiceContext load() {
        ServiceContext context = new ServiceContext();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> context.end(main), "shutdown"));
        return context;
    }

    private void end(Thread main) {
        stop.countDown();
        try {
            main.join(SHUTDOWN_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return text(RigNames.NAME);
    }

    String text(String variable) {
        return find(variable)
                .orElseThrow(() ->
                        new IllegalStateException(variable + " is not set: this process must be started by bin/rig"));
    }

    Optional<String> find(String variable) {
        return settings.value(variable).map(Object::toString);
    }

    Path file(String name) {
        return folder().resolve(name);
    }

    Path folder() {
        return Path.of(text(RigNames.FOLDER));
    }

    /** Waits for this time, or until SIGTERM; returns false after SIGTERM. */
    boolean continuesAfter(Duration time) {
        try {
            return !stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until SIGTERM. */
    void awaitStop() throws InterruptedException {
        stop.await();
    }

    EventBus bus(Events events) {
        return EventBus.builder(settings, events).withoutPublishing().open();
    }

    /** A bus that publishes what the settings enable, through this outbox. */
    EventBus publishingBus(Events events, Outbox outbox) {
        return EventBus.builder(settings, events).outbox(outbox).open();
    }

    /** A connection pool, configured as in a typical service. Connects at the first request for a connection. */
    HikariDataSource database() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(text(RigNames.DATABASE));
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        // in seconds; without them, the service would wait forever for a connection whose network is gone
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "5");
        return new HikariDataSource(config);
    }
}
