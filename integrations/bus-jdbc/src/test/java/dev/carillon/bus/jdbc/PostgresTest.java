package dev.carillon.bus.jdbc;

class PostgresTest extends DatabaseContract {

    @Override
    TestDatabase startDatabase() {
        return new Postgres(false);
    }
}
