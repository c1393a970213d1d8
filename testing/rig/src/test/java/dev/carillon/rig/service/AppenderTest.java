package dev.carillon.rig.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge relies on complete files of deliveries. */
class AppenderTest {

    @Test
    void anInterruptedThreadAppendsAndDoesNotCloseTheFile(@TempDir Path folder) throws Exception {
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
