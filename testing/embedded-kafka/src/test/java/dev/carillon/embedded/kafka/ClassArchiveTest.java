package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a server's classes, with a copy of its files that no other server uses. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is read from /proc")
class ClassArchiveTest {

    @Test
    void aBrokerThatIsClosedLeavesItsClassesToTheNext(@TempDir Path target) throws IOException {
        ServerFiles files = copy("broker", target);
        theFirstLeavesWhatTheSecondUses(files, () -> EmbeddedKafka.builder().start(files));
    }

    @Test
    void aRegistryThatIsClosedLeavesItsClassesToTheNext(@TempDir Path target) throws IOException {
        ServerFiles files = copy("registry", target);
        theFirstLeavesWhatTheSecondUses(files, () -> EmbeddedRegistry.builder().start(files));
    }

    @Test
    void anArchiveThatIsNoneDoesNotKeepAServerFromStarting(@TempDir Path target) throws IOException {
        ServerFiles files = copy("broker", target);
        Files.writeString(files.folder().resolve("classes-%s.jsa".formatted(Runtime.version())), "half");

        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start(files)) {
            assertThat(kafka.isRunning()).isTrue();
        }
    }

    private static void theFirstLeavesWhatTheSecondUses(ServerFiles files, Supplier<EmbeddedServer> start)
            throws IOException {
        start.get().close();

        List<Path> archives = archives(files);
        assertThat(archives).hasSize(1);
        try (EmbeddedServer second = start.get()) {
            assertThat(Files.readString(Path.of("/proc/" + second.pid() + "/maps")))
                    .contains(archives.get(0).toString());
        }
        assertThat(archives(files)).isEqualTo(archives);
    }

    private static List<Path> archives(ServerFiles files) throws IOException {
        try (Stream<Path> all = Files.list(files.folder())) {
            return all.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    /** Without archives that other tests have made. */
    private static ServerFiles copy(String part, Path target) throws IOException {
        Path original = ServerFiles.of("", part, target).folder();
        Path copy = target.resolve(part);
        try (Stream<Path> all = Files.walk(original)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".jsa")) {
                    Path place = copy.resolve(original.relativize(file).toString());
                    Files.createDirectories(place.getParent());
                    Files.copy(file, place);
                }
            }
        }
        return new ServerFiles(copy, true);
    }
}
