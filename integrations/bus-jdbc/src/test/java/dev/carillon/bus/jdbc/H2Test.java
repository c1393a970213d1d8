package dev.carillon.bus.jdbc;

import java.sql.SQLException;

class H2Test extends DatabaseContract {

    @Override
    TestDatabase startDatabase() throws SQLException {
        return new H2();
    }
}
