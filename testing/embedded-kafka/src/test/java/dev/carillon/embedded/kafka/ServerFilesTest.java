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

    @Test
    void thoseOfAFolderAreUsedWhereTheyAre(@TempDir Path target) throws IOException {
        ServerFiles files = ServerFiles.of("Kafka", "broker", target);

        assertThat(files.folder()).startsWith(files.root()).isNotEmptyDirectory();
        assertThat(files.root().resolve(ServerFiles.class.getName().replace('.', '/') + ".class"))
                .exists();
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void thoseOfAJarAreUnpacked(@TempDir Path target) throws IOException {
        Path jar = target.resolve("carillon kafka.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"broker/lib/server.jar", "broker/Main.class", "registry/app.jar"}) {
                zip.putNextEntry(new ZipEntry("dev/carillon/embedded/kafka/" + name));
                zip.write(name.getBytes(UTF_8));
            }
        }

        ServerFiles files = ServerFiles.of("Kafka", "broker", target, inside(jar));

        assertThat(files.folder()).isEqualTo(files.root().resolve("dev/carillon/embedded/kafka/broker"));
        assertThat(files.folder().resolve("lib/server.jar")).hasContent("broker/lib/server.jar");
        assertThat(files.folder().resolve("Main.class")).hasContent("broker/Main.class");
        assertThat(files.folder().resolveSibling("registry")).doesNotExist();
    }

    @Test
    void whatIsMissingIsNamedWithItsMaker(@TempDir Path target) {
        assertThatThrownBy(() -> ServerFiles.of("Kafka", "none", target))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("'dev/carillon/embedded/kafka/none/'")
                .hasMessageContaining("Maven");
    }

    private static URL inside(Path jar) throws IOException {
        return URI.create("jar:" + jar.toUri() + "!/dev/carillon/embedded/kafka/broker/Main.class")
                .toURL();
    }
}
