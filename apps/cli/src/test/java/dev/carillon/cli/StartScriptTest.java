package dev.carillon.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code start.sh}, with a script in place of Java: when it records an archive of classes, and when it uses one. */
class StartScriptTest {

    private static final Path START =
            Path.of("src", "main", "sh", "start.sh").toAbsolutePath().normalize();

    /** Prints its arguments, or records an archive, which it accepts unless there is a file "refused". */
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
                *-XX:ArchiveClassesAtExit=*)
                    file=${1#*=}
                    printf '%%s\\n' "$*" >> '%1$s/recordings'
                    env > '%1$s/environment'
                    if [ ! -e '%1$s/incapable' ]; then echo classes > "$file"; fi
                    exit 1 ;;
                -Xshare:on*) [ ! -e '%1$s/refused' ]; exit ;;
                *) printf '[%%s]' "$@" ;;
            esac
            """;

    @TempDir
    private Path folder;

    private Path cache;
    private Path java;

    @BeforeEach
    void createJava() throws IOException {
        cache = folder.resolve("a cache");
        java = folder.resolve("java");
        installJava("17");
    }

    private void installJava(String version) throws IOException {
        Files.deleteIfExists(java);
        Files.writeString(java, JAVA.formatted(folder) + "# " + version + "\n");
        Files.setPosixFilePermissions(java, fromString("rwxr-xr-x"));
    }

    /** What Java prints, which has to be all that is printed. */
    private String start(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                "sh",
                                "-euc",
                                "java=$1 cache=$2; . \"$3\"; find_archive \"$1\"; shift 3; start some.jar \"$@\"",
                                "start",
                                java.toString(),
                                cache.toString(),
                                START.toString()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARILLON_SETTINGS", "production.yml");
        builder.environment().remove("CARILLON_JAVA_OPTS");
        builder.environment().remove("CARILLON_CLASSPATH");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }

    private long recordings() throws IOException {
        Path recordings = folder.resolve("recordings");
        return Files.exists(recordings) ? Files.readAllLines(recordings).size() : 0;
    }

    private List<Path> archives() throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    /** Starts a command that has no archive, and waits until its archive is complete. */
    private Path record(int count) throws Exception {
        assertThat(start("groups")).doesNotContain("SharedArchiveFile");
        await().until(() -> recordings() == count
                && archives().size() == count
                && archives().stream().allMatch(file -> file.toString().endsWith(".jsa")));
        return archives().get(0);
    }

    @Test
    void theFirstShortCommandRecordsAnArchiveForTheFollowingOnes() throws Exception {
        Path archive = record(1);

        assertThat(start("groups"))
                .startsWith("[-XX:SharedArchiveFile=" + archive + "]")
                .endsWith("[groups]");
        assertThat(start("work"))
                .startsWith("[-XX:SharedArchiveFile=" + archive + "]")
                .endsWith("[work]");
        assertThat(recordings()).isEqualTo(1);
    }

    @Test
    void whatIsRecordedUsesNoBrokerOfTheUser() throws Exception {
        record(1);

        assertThat(folder.resolve("environment")).content().doesNotContain("production");
    }

    @Test
    void longRunningCommandsRecordNothing() throws Exception {
        for (String command : List.of("demo", "consume-events", "work")) {
            installJava("with an archive of its own " + command);
            assertThat(start(command)).endsWith("[" + command + "]");
        }
        installJava("17");

        record(1);
    }

    @Test
    void anotherJavaHasAnotherArchive() throws Exception {
        record(1);
        installJava("17, corrected");

        record(2);
        assertThat(start("groups")).startsWith("[-XX:SharedArchiveFile=");
    }

    @Test
    void threeArchivesAreKept() throws Exception {
        for (int i = 1; i <= 3; i++) {
            installJava("17." + i + " ".repeat(i));
            record(i);
        }
        installJava("18");

        start("groups");

        await().until(() -> recordings() == 4 && archives().size() == 3);
    }

    @Test
    void anArchiveThatJavaRefusesIsNeitherUsedNorRecordedAgain() throws Exception {
        Files.createFile(folder.resolve("refused"));
        assertThat(record(1)).isEmptyFile();

        assertThat(start("groups")).isEqualTo(start("groups")).doesNotContain("SharedArchiveFile");
        assertThat(recordings()).isEqualTo(1);
    }

    @Test
    void aJavaThatRecordsNothingIsTriedOnce() throws Exception {
        Files.createFile(folder.resolve("incapable"));
        Files.createFile(folder.resolve("refused"));
        assertThat(record(1)).isEmptyFile();

        assertThat(start("groups")).doesNotContain("SharedArchiveFile");
        assertThat(recordings()).isEqualTo(1);
    }

    @Test
    void withoutAFolderThatCanBeWrittenCommandsRunAsTheyAre() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path none : List.of(file.resolve("cache"), file, Path.of(""), folder.resolve("with:colon"))) {
            cache = none;

            assertThat(start("groups"))
                    .as("cache %s", none)
                    .startsWith("[-cp][some.jar]")
                    .endsWith("[groups]");
        }
        assertThat(recordings()).isZero();
    }
}
