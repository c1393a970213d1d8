package dev.carillon.rig.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not written down has not happened, for the judge. */
class AppenderTest {

    @Test
    void anInterruptedThreadAppendsAndLeavesTheFileToTheOthers(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lines");
        try (Appender appender = new Appender(file)) {
            Thread.currentThread().interrupt();
            appender.append("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            appender.append("another");
        }

        assertThat(file).hasContent("interrupted\nanother\n");
    }
}
