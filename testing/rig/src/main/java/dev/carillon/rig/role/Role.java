package dev.carillon.rig.role;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A service in this process, as its environment sets it up, until SIGTERM ends it. */
final class Role {

    /** What a service may take to end, before it is killed. */
    private static final Duration FAREWELL = Duration.ofSeconds(9);

    private static final int CONNECTIONS = 10;

    private final Settings settings = Settings.load().with("EVENT_BUS_PRODUCER_CONFIG", Step.PRODUCER_CONFIG);
    private final CountDownLatch stop = new CountDownLatch(1);

    /** The role of this process; the calling thread is the one that SIGTERM waits for. */
    static Role load() {
        Role role = new Role();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> role.end(main), "shutdown"));
        return role;
    }

    private void end(Thread main) {
        stop.countDown();
        try {
            main.join(FAREWELL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return text(Roles.NAME);
    }

    String text(String variable) {
        return find(variable)
                .orElseThrow(() -> new IllegalStateException(variable + " is not set: bin/rig starts this process"));
    }

    Optional<String> find(String variable) {
        return settings.value(variable).map(Object::toString);
    }

    Path file(String name) {
        return folder().resolve(name);
    }

    Path folder() {
        return Path.of(text(Roles.FOLDER));
    }

    /** Waits so long, or until the service is to end; answers whether it goes on. */
    boolean goesOnAfter(Duration time) {
        try {
            return !stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the service is to end. */
    void awaitEnd() throws InterruptedException {
        stop.await();
    }

    EventBus bus(Events events) {
        return EventBus.open(settings, events);
    }

    /** A pool as services have them. Nothing is tried before the first connection is asked for. */
    HikariDataSource database() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(text(Roles.DATABASE));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        // seconds; without them a connection whose network is gone would be waited for without end
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "5");
        return new HikariDataSource(config);
    }
}
