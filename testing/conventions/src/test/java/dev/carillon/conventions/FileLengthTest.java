package dev.carillon.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file that is too long contains a second idea; a module with too many files is hard to find one's way in. */
class FileLengthTest {

    private static final int MAX_LINES = 400;
    private static final int MAX_FILES_OF_BUS = 80;

    @Test
    void noJavaFileIsTooLong() {
        List<Path> files = Project.THIS.files(".*\\.java");

        assertThat(files).hasSizeGreaterThan(100);
        assertThat(files.stream()
                        .filter(file -> lines(file) > MAX_LINES)
                        .map(file -> Project.THIS.name(file) + ": " + lines(file) + " lines"))
                .as("Java files of more than %s lines", MAX_LINES)
                .isEmpty();
    }

    /** A newcomer can write a transport, and read all of one. */
    @Test
    void theSampleTransportHasFewerThan500Lines() {
        List<Path> files = Project.THIS.files("samples/table-transport/src/main/java/.*\\.java");

        assertThat(files).isNotEmpty();
        assertThat(files.stream().mapToLong(FileLengthTest::lines).sum()).isLessThan(500);
    }

    @Test
    void theBusHasFewEnoughFiles() {
        assertThat(Project.THIS.files("core/bus/src/main/java/.*\\.java")).hasSizeBetween(20, MAX_FILES_OF_BUS);
    }

    private static long lines(Path file) {
        return Project.text(file).lines().count();
    }
}
