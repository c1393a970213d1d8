package dev.carillon.embedded.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.server.EmbeddedServerException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFilesTest {

    private static final String[] NAMES = {"broker/lib/server.jar", "broker/main.jar", "registry/app.jar"};

    @Test
    void thoseOfAFolderAreUsedWhereTheyAre(@TempDir Path target) throws IOException {
        ServerFiles files = ServerFiles.of("Kafka", "broker", target);

        assertThat(files.folder().resolveSibling("ServerFiles.class")).exists();
        assertThat(files.folder()).isNotEmptyDirectory();
        assertThat(files.cached()).isFalse();
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void thoseOfAJarAreUnpackedOnceForAllServers(@TempDir Path target) throws IOException {
        URL jar = jar(target.resolve("carillon kafka.jar"), "1");
        ServerCache cache = new ServerCache(target.resolve("cache"));

        ServerFiles files = ServerFiles.of("Kafka", "broker", target.resolve("first"), jar, cache);
        Files.writeString(files.folder().resolve("added"), "by the first server");

        assertThat(files.folder().resolve("lib/server.jar")).hasContent("broker/lib/server.jar 1");
        assertThat(files.folder().resolve("main.jar")).hasContent("broker/main.jar 1");
        assertThat(files.cached()).isTrue();
        assertThat(ServerFiles.of("Kafka", "broker", target.resolve("second"), jar, cache))
                .isEqualTo(files);
        assertThat(files.folder().resolve("added")).exists();
        assertThat(cache.root()).isDirectoryNotContaining(file -> !file.equals(files.folder()));
        assertThat(target).isDirectoryNotContaining(file -> file.endsWith("first") || file.endsWith("second"));
    }

    @Test
    void otherFilesHaveAFolderOfTheirOwn(@TempDir Path target) throws IOException {
        ServerCache cache = new ServerCache(target.resolve("cache"));
        URL older = jar(target.resolve("1.jar"), "1");
        URL newer = jar(target.resolve("2.jar"), "2");

        ServerFiles olderFiles = ServerFiles.of("Kafka", "broker", target, older, cache);
        ServerFiles newerFiles = ServerFiles.of("Kafka", "broker", target, newer, cache);

        assertThat(olderFiles.folder().resolve("main.jar")).hasContent("broker/main.jar 1");
        assertThat(newerFiles.folder().resolve("main.jar")).hasContent("broker/main.jar 2");
    }

    @Test
    void withoutACacheEachServerUnpacksItsOwn(@TempDir Path target) throws IOException {
        URL jar = jar(target.resolve("carillon kafka.jar"), "1");
        Path notAFolder = Files.createFile(target.resolve("file"));

        for (ServerCache cache : new ServerCache[] {null, new ServerCache(notAFolder)}) {
            Path own = Files.createTempDirectory(target, "server");
            ServerFiles files = ServerFiles.of("Kafka", "broker", own, jar, cache);

            assertThat(files).isEqualTo(new ServerFiles(own.resolve("broker"), false));
            assertThat(files.folder().resolve("lib/server.jar")).hasContent("broker/lib/server.jar 1");
            assertThat(own.resolve("registry")).doesNotExist();
            assertThat(ClassArchive.of(files, own).options()).isEmpty();
        }
    }

    @Test
    void whatIsMissingIsNamedWithItsMaker(@TempDir Path target) {
        assertThatThrownBy(() -> ServerFiles.of("Kafka", "none", target))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("'dev/carillon/embedded/kafka/none/'")
                .hasMessageContaining("Maven");
    }

    private static URL jar(Path jar, String content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : NAMES) {
                zip.putNextEntry(new ZipEntry("dev/carillon/embedded/kafka/" + name));
                zip.write((name + " " + content).getBytes(UTF_8));
            }
        }
        return URI.create("jar:" + jar.toUri() + "!/dev/carillon/embedded/kafka/broker/main.jar")
                .toURL();
    }
}
