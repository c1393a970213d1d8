package dev.carillon.bus.jdbc;

import static java.util.Objects.requireNonNull;

import dev.carillon.bus.config.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Outbox, relay and inbox on one database, which all tests share. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class DatabaseContract {

    private @Nullable TestDatabase database;

    /** Called once; {@link #end} ends the database. */
    abstract TestDatabase startDatabase() throws Exception;

    @BeforeAll
    void start() throws Exception {
        database = startDatabase();
    }

    @AfterAll
    void end() throws Exception {
        if (database != null) {
            database.end();
        }
    }

    private TestDatabase started() {
        return requireNonNull(database, "not started");
    }

    @Nested
    class Outbox extends OutboxContract {

        Outbox(Settings settings) {
            super(settings);
        }

        @Override
        TestDatabase database() {
            return started();
        }
    }

    @Nested
    class Relay extends RelayContract {

        Relay(Settings settings) {
            super(settings);
        }

        @Override
        TestDatabase database() {
            return started();
        }
    }

    @Nested
    class TheInbox extends InboxContract {

        @Override
        TestDatabase database() {
            return started();
        }
    }
}
