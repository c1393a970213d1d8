package dev.carillon.bus.jdbc;

import dev.carillon.bus.config.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Outbox and inbox on Postgres. */
class PostgresTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new Postgres(false);
    }

    @AfterAll
    static void end() throws Exception {
        database.end();
    }

    @Nested
    class Outbox extends OutboxContract {

        Outbox(Settings settings) {
            super(settings);
        }

        @Override
        TestDatabase database() {
            return database;
        }
    }

    @Nested
    class Relay extends RelayContract {

        Relay(Settings settings) {
            super(settings);
        }

        @Override
        TestDatabase database() {
            return database;
        }
    }

    @Nested
    class TheInbox extends InboxContract {

        @Override
        TestDatabase database() {
            return database;
        }
    }
}
