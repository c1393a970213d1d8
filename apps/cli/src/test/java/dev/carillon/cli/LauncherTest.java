package dev.carillon.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/carillon}, in a project with scripts in place of Java and Maven. */
class LauncherTest {

    private static final Path SCRIPT = Path.of("..", "..", "bin", "carillon");
    private static final Path START = Path.of("src", "main", "sh", "start.sh");
    /** The programs that the script needs besides Java and Maven. */
    private static final List<String> TOOLS =
            List.of("readlink", "dirname", "find", "sed", "head", "mkdir", "rm", "mv", "cat", "sleep", "ls", "cksum");

    /** Prints its arguments and its input. */
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit; fi
            echo "LC_ALL=${LC_ALL:-}"
            printf '[%s]\\n' "$@"
            cat
            """;

    private static final String MAVEN = """
            #!/bin/sh
            cat
            printf '%s\\n' "$*" >> builds
            until [ ! -e wait ]; do sleep 0.1; done
            if [ -e broken ]; then echo 'BUILD FAILURE: test'; exit 1; fi
            mkdir -p apps/cli/target/lib
            : > apps/cli/target/carillon-cli.jar
            """;

    @TempDir
    private Path folder;

    private Path project;
    private Path path;
    private final Map<String, String> variables = new HashMap<>();

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void createProject() throws IOException {
        project = folder.resolve("a project");
        path = Files.createDirectories(folder.resolve("path"));
        for (String tool : TOOLS) {
            script(tool, "#!/bin/sh\nexec " + where(tool) + " \"$@\"\n");
        }
        script("java", JAVA);
        script("mvn", MAVEN);
        Files.createDirectories(project.resolve("bin"));
        Files.copy(SCRIPT, project.resolve("bin/carillon"));
        Files.createDirectories(project.resolve("apps/cli/src/main/sh"));
        Files.copy(START, project.resolve("apps/cli/src/main/sh/start.sh"));
        variables.put("CARILLON_CACHE", ""); // StartScriptTest has an archive
        for (String file : List.of(
                "pom.xml", "apps/cli/pom.xml", "apps/cli/src/main/java/Main.java", "core/bus/src/main/Bus.java")) {
            Path created = project.resolve(file);
            Files.createDirectories(created.resolveSibling("."));
            Files.createFile(created);
        }
        setAge(project, Duration.ofHours(2));
    }

    private static Path where(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(path.resolve(name), text);
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private static void setAge(Path top, Duration age) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
            }
        }
    }

    private Process start(Path script, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList());
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private Run carillon(String... arguments) throws Exception {
        Process process = start(project.resolve("bin/carillon"), arguments);
        try (OutputStream in = process.getOutputStream()) {
            in.write("input\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The script ended without reading.
        }
        return result(process);
    }

    private static Run result(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private long builds() throws IOException {
        Path builds = project.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void theFirstCallBuildsAndReportsIt() throws Exception {
        Run first = carillon("events", "list");
        Run second = carillon("events", "list");

        assertThat(first.exitCode()).isZero();
        assertThat(first.err())
                .startsWith("carillon: Building Carillon, on first use only")
                .hasLineCount(1);
        assertThat(project.resolve("builds")).content().contains("-pl :carillon-cli -am package");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theBuildDoesNotReadTheInputOfTheCommand() throws Exception {
        assertThat(carillon("encode").out()).endsWith("[encode]\ninput\n");
    }

    @Test
    void argumentsArriveUnchanged() throws Exception {
        Run run = carillon("produce-event", "a b", "", "*", "$HOME", "'\"\\", "zoë");

        assertThat(run.out())
                .contains("[dev.carillon.cli.Main]\n[produce-event]\n[a b]\n[]\n[*]\n[$HOME]\n['\"\\]\n[zoë]\n");
    }

    @Test
    void aChangedSourceIsRebuilt() throws Exception {
        carillon();
        setAge(project.resolve("apps/cli/target"), Duration.ofHours(1));
        Files.setLastModifiedTime(
                project.resolve("core/bus/src/main/Bus.java"),
                FileTime.from(Instant.now().minusSeconds(60)));

        assertThat(carillon().err()).isEqualTo("carillon: Rebuilding Carillon because its sources changed...\n");
        assertThat(carillon().err()).isEmpty();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aDeletedSourceIsRebuilt() throws Exception {
        carillon();
        setAge(project.resolve("apps/cli/target"), Duration.ofHours(1));
        Files.delete(project.resolve("core/bus/src/main/Bus.java"));

        carillon();

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aPackageBuiltByMavenIsUsed() throws Exception {
        Files.createDirectories(project.resolve("apps/cli/target/lib"));
        Files.createFile(project.resolve("apps/cli/target/carillon-cli.jar"));

        assertThat(carillon().err()).isEmpty();
        assertThat(builds()).isZero();
    }

    @Test
    void aFailedBuildPrintsItsLogAndKeepsIt() throws Exception {
        Files.createFile(project.resolve("broken"));

        Run failed = carillon();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("BUILD FAILURE: test", "The build failed", "carillon-build.log");
        assertThat(project.resolve("target/carillon-build.log")).content().contains("BUILD FAILURE: test");

        Files.delete(project.resolve("broken"));
        assertThat(carillon().exitCode()).isZero();
    }

    @Test
    void twoConcurrentCallsBuildOnce() throws Exception {
        Files.createFile(project.resolve("wait"));
        Process one = start(project.resolve("bin/carillon"), "one");
        await().until(() -> builds() == 1);
        Process two = start(project.resolve("bin/carillon"), "two");
        assertThat(two.errorReader(StandardCharsets.UTF_8).readLine())
                .isEqualTo("carillon: Another carillon is building (process " + one.pid() + "); waiting for it...");

        Files.delete(project.resolve("wait"));
        one.getOutputStream().close();
        two.getOutputStream().close();

        assertThat(result(one).out()).contains("[one]");
        assertThat(result(two).out()).contains("[two]");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theLockOfAKilledBuildIsTakenOver() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(project.resolve("target/carillon-build.lock"));
        Files.writeString(lock.resolve("owner"), dead.pid() + "\n");

        assertThat(carillon().exitCode()).isZero();
        assertThat(builds()).isEqualTo(1);
        assertThat(lock).doesNotExist();
    }

    @Test
    void theProjectIsFoundThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project/bin/carillon"));
        Path linkToLink = Files.createSymbolicLink(path.resolve("carillon"), link);

        Process process = start(linkToLink, "x");
        process.getOutputStream().close();

        assertThat(result(process).out())
                .contains("[" + project.toRealPath().resolve("apps/cli/target/carillon-cli.jar") + "]", "[x]");
    }

    @Test
    void missingJavaIsReportedWithAHint() throws Exception {
        Files.delete(path.resolve("java"));

        assertThat(carillon())
                .isEqualTo(new Run(
                        1,
                        "",
                        "carillon: there is no java on the PATH; install a JDK, 17 or later, or set JAVA_HOME\n"));
    }

    @Test
    void anOldJavaIsRefusedAndANewOneIsCheckedOnce() throws Exception {
        for (String old : List.of("11.0.22", "1.8.0_292", "9")) {
            script("java", JAVA.replace("17.0.15", old));
            Run run = carillon();

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .contains("is Java " + old + ", but must be 17 or later")
                    .hasLineCount(1);
        }
        for (String recent : List.of("25", "21-ea", "17.0.1+12")) {
            script("java", JAVA.replace("17.0.15", recent));

            assertThat(carillon().exitCode()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void javaHomeTakesPrecedenceAndIsChecked() throws Exception {
        Path home = folder.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        variables.put("JAVA_HOME", home.toString());
        assertThat(carillon().err()).isEqualTo("carillon: JAVA_HOME is " + home + ", but there is no bin/java in it\n");

        Files.move(path.resolve("java"), home.resolve("bin/java"));
        assertThat(carillon("x").out()).contains("[x]");
    }

    @Test
    void missingMavenIsReportedWithAHint() throws Exception {
        Files.delete(path.resolve("mvn"));

        assertThat(carillon().err())
                .isEqualTo("carillon: there is no mvn on the PATH; the build needs Maven 3.8 or later\n");
    }

    @Test
    void jarsAndOptionsOfTheUserAreAdded() throws Exception {
        variables.put("CARILLON_CLASSPATH", "/x/one.jar:/x/two.jar");
        variables.put("CARILLON_JAVA_OPTS", "-Xmx1g -Da=b");

        assertThat(carillon("x").out())
                .contains("[-Xmx1g]\n[-Da=b]\n[-cp]\n", "carillon-cli.jar:/x/one.jar:/x/two.jar]");
    }

    @Test
    void argumentsAreReadAsUtf8EvenWithoutALocale() throws Exception {
        assertThat(carillon().out()).contains("LC_ALL=C.UTF-8\n");

        variables.put("LANG", "de_DE.UTF-8");
        assertThat(carillon().out()).contains("LC_ALL=\n");
    }
}
