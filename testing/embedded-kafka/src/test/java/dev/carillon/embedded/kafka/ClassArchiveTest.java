package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive of a server's classes. */
@Tag("thorough")
@Order(1)
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is read from /proc")
class ClassArchiveTest {

    @Test
    void aBrokerThatIsClosedLeavesItsClassesToTheNext(@TempDir Path target) throws IOException {
        ServerFiles files = withoutArchive("broker", target);
        theFirstLeavesWhatTheSecondUses(files, () -> EmbeddedKafka.builder().start(files));
    }

    @Test
    void aRegistryThatIsClosedLeavesItsClassesToTheNext(@TempDir Path target) throws IOException {
        ServerFiles files = withoutArchive("registry", target);
        theFirstLeavesWhatTheSecondUses(files, () -> EmbeddedRegistry.builder().start(files));
    }

    @Test
    void anArchiveThatIsNoneDoesNotKeepAServerFromStarting(@TempDir Path target) throws IOException {
        ServerFiles original = ServerFiles.of("Kafka", "broker", target);
        Path copy = Files.createDirectory(target.resolve("broker"));
        try (Stream<Path> jars = Files.list(original.folder())) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, copy.resolve(jar.getFileName()));
            }
        }
        Files.writeString(archive(copy), "half");

        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start(new ServerFiles(copy, true))) {
            assertThat(kafka.isRunning()).isTrue();
        }
    }

    private static void theFirstLeavesWhatTheSecondUses(ServerFiles files, Supplier<EmbeddedServer> start)
            throws IOException {
        start.get().close();

        Path archive = archive(files.folder());
        assertThat(archive).exists();
        try (EmbeddedServer second = start.get()) {
            assertThat(Files.readString(Path.of("/proc/" + second.pid() + "/maps")))
                    .contains(archive.toString());
        }
    }

    private static Path archive(Path folder) {
        return folder.resolve("classes-%s.jsa".formatted(Runtime.version()));
    }

    /** The files of this module, as if they were in the cache. The other test classes use the new archive, too. */
    private static ServerFiles withoutArchive(String part, Path target) throws IOException {
        Path folder = ServerFiles.of("", part, target).folder();
        Files.deleteIfExists(archive(folder));
        return new ServerFiles(folder, true);
    }
}
