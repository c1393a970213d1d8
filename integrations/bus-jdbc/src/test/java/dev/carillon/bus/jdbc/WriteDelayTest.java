package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.CapturedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 reports transactions as committed before they are on disk. */
class WriteDelayTest {

    @TempDir
    private Path folder;

    private void warn(String url) throws SQLException {
        try (Connection connection = TestDatabase.dataSource(url).getConnection()) {
            WriteDelay.warnIfSet(connection);
        }
    }

    @Test
    void aWriteDelayOfH2IsLoggedAsAWarning() throws Exception {
        try (CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            warn("jdbc:h2:" + folder.resolve("delayed"));

            assertThat(log.warningsAndErrors()).singleElement().asString().contains("WRITE_DELAY=0");
        }
    }

    @Test
    void anH2WithoutWriteDelayOrInMemoryIsNotLogged() throws Exception {
        try (CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            warn("jdbc:h2:" + folder.resolve("immediate") + ";WRITE_DELAY=0");
            warn("jdbc:h2:mem:memory");

            assertThat(log.warningsAndErrors()).isEmpty();
        }
    }
}
