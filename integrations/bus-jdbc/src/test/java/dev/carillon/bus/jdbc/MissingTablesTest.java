package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service learns when its database lacks the tables of outbox and inbox. */
class MissingTablesTest {

    private static final String HINT = "V1__carillon_event_tables.sql";

    @Test
    void aMissingTableInH2NamesTheScriptThatCreatesIt() throws SQLException {
        var h2 = new org.h2.jdbcx.JdbcDataSource();
        h2.setURL("jdbc:h2:mem:missing_tables");
        try (var connection = h2.getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM carillon_outbox"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(new DatabaseException("read the outbox", e))
                                    .hasMessageStartingWith(
                                            "Cannot read the outbox: Table \"CARILLON_OUTBOX\" not found")
                                    .hasMessageContaining(HINT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "42S02", "42S03", "42S04"})
    void eachDatabaseHasAStateOfItsOwnForAMissingTable(String state) {
        assertThat(new DatabaseException("read the outbox", new SQLException("no table", state)))
                .hasMessageContaining(HINT);
    }

    @Test
    void anotherFailureSaysNothingAboutTables() {
        assertThat(new DatabaseException("read the outbox", new SQLException("no connection", "08001")))
                .hasMessage("Cannot read the outbox: no connection");
    }
}
