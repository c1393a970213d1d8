package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.embedded.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Uses the extension as a service's tests do, together with a broker. */
@WithPostgres
@WithRedis
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithPostgresTest {

    private final Set<String> servers = new HashSet<>();

    @RepeatedTest(2)
    void aClassHasOneServerAndEachTestItsOwnDatabase(
            EmbeddedPostgres postgres, DataSource database, DataSource sameDatabase) throws SQLException {
        servers.add(postgres.jdbcUrl());
        assertThat(postgres.isRunning()).isTrue();
        assertThat(sameDatabase).isSameAs(database);

        execute(database, "CREATE TABLE badge (learner TEXT)"); // fails if another test has created it in this database
    }

    @Test
    void aBrokerAndADatabaseAreGivenToTheSameTest(
            EmbeddedRedis redis, Settings settings, EmbeddedPostgres postgres, DataSource database)
            throws SQLException {
        servers.add(postgres.jdbcUrl());
        assertThat(settings.value("EVENT_BUS_REDIS_CONNECTION_URL")).contains(redis.url());
        assertThat(query(database, "SELECT current_database()")).startsWith("test_");
    }

    @Test
    void committedRowsSurviveAKillOfTheServer(EmbeddedPostgres postgres, DataSource database) throws SQLException {
        servers.add(postgres.jdbcUrl());
        execute(database, "CREATE TABLE badge (learner TEXT)");
        execute(database, "INSERT INTO badge VALUES ('ada')");

        postgres.kill();
        assertThat(postgres.isRunning()).isFalse();
        postgres.restart();

        assertThat(query(database, "SELECT learner FROM badge")).isEqualTo("ada");
    }

    @Nested
    class NestedTests {

        @Test
        void aNestedClassSharesTheServer(EmbeddedPostgres postgres) {
            servers.add(postgres.jdbcUrl());
        }
    }

    @AfterAll
    void oneServerWasStarted(EmbeddedPostgres postgres) {
        assertThat(postgres.isRunning()).isTrue();
        assertThat(servers).containsExactly(postgres.jdbcUrl());
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
