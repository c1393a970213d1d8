package dev.carillon.conventions.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameFilesTest {

    private static final String JAR = "core/bus/target/bus.jar";
    private static final String SBOM = "core/bus/target/bom.json";

    @TempDir
    private Path folder;

    @BeforeEach
    void buildTwice() throws IOException {
        for (String build : List.of("one", "other")) {
            jar(build, "a", "b");
            write(build, SBOM, "{\n  \"version\": 1\n}\n");
            write(build, "core/bus/target/classes/generated.json", build); // part of the jar
        }
    }

    private Path write(String build, String name, String text) throws IOException {
        Path file = folder.resolve(build).resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    /** Each entry contains its own name. */
    private void jar(String build, String... entries) throws IOException {
        jar(build, LocalDateTime.of(2026, 11, 20, 0, 0), "", entries);
    }

    private void jar(String build, LocalDateTime time, String comment, String... entries) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(write(build, JAR, "")))) {
            for (String name : entries) {
                ZipEntry entry = new ZipEntry(name.substring(0, 1));
                entry.setTimeLocal(time);
                entry.setComment(comment);
                jar.putNextEntry(entry);
                jar.write(name.getBytes(UTF_8));
            }
        }
    }

    private List<String> differences() throws IOException {
        return new SameFiles(folder.resolve("one"), folder.resolve("other")).differences();
    }

    @Test
    void theSameFilesHaveNoDifferences() throws IOException {
        assertThat(differences()).isEmpty();
    }

    @Test
    void theFirstEntryThatDiffersIsNamed() throws IOException {
        jar("other", "a", "before b", "c");
        assertThat(differences()).containsExactly(JAR + ": entry b has other content");

        jar("other", "b", "a");
        assertThat(differences()).containsExactly(JAR + ": entry a is where the other build has b");

        jar("other", "a", "b", "c");
        assertThat(differences()).containsExactly(JAR + ": entry c exists in one build only");

        jar("other", "a");
        assertThat(differences()).containsExactly(JAR + ": entry b exists in one build only");

        jar("other", LocalDateTime.of(2026, 11, 21, 0, 0), "", "a", "b");
        assertThat(differences())
                .containsExactly(JAR + ": entry a has the times 2026-11-20T00:00 and 2026-11-21T00:00");

        jar("other", LocalDateTime.of(2026, 11, 20, 0, 0), "x", "a", "b");
        assertThat(differences())
                .containsExactly(JAR + ": the entries are the same, but not their attributes, such as permissions");
    }

    @Test
    void theFirstLineThatDiffersIsNamed() throws IOException {
        write("other", SBOM, "{\n  \"version\": 2\n}\n");

        assertThat(differences()).containsExactly(SBOM + ": line 2, \"version\": 1 and \"version\": 2");
    }

    @Test
    void aMissingFileIsADifferenceAndSoIsABuildOfNothing() throws IOException {
        Files.delete(folder.resolve("one").resolve(JAR));
        Files.delete(folder.resolve("other").resolve(SBOM));
        assertThat(differences())
                .containsExactly(SBOM + " exists in one build only", JAR + " exists in one build only");

        Files.delete(folder.resolve("one").resolve(SBOM));
        Files.delete(folder.resolve("other").resolve(JAR));
        assertThat(differences()).containsExactly("nothing was built");
    }
}
