package dev.carillon.bus.jdbc;

import dev.carillon.bus.config.Settings;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Outbox and inbox on H2. */
class H2Test {

    private static TestDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        database = new H2();
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
