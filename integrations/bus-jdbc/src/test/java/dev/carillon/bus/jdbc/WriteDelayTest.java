package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 on disk, which says that it has committed before it has. */
class WriteDelayTest {

    @TempDir
    private Path folder;

    private void warn(String url) throws SQLException {
        try (Connection connection = TestDatabase.dataSource(url).getConnection()) {
            WriteDelay.warn(connection);
        }
    }

    @Test
    void anH2ThatWritesLateIsWarnedOf() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            warn("jdbc:h2:" + folder.resolve("late"));

            assertThat(log.troubles()).singleElement().asString().contains("WRITE_DELAY=0");
        }
    }

    @Test
    void anH2ThatWritesAtOnceIsNotWarnedOf() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            warn("jdbc:h2:" + folder.resolve("prompt") + ";WRITE_DELAY=0");
            warn("jdbc:h2:mem:memory");

            assertThat(log.troubles()).isEmpty();
        }
    }
}
