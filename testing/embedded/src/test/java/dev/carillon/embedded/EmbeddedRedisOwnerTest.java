package dev.carillon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.testing.Interrupts;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a Redis whose JVM ends without closing it. */
class EmbeddedRedisOwnerTest {

    private Process owner;
    private BufferedReader output;
    private int port;
    private Path folder;

    @BeforeEach
    void startOwner() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // its own session where there is setsid: its process group is then its own, as that of a command in a terminal
        owner = new ProcessBuilder(ServerFolder.detached(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisOwner.class.getName())))
                .redirectError(Redirect.INHERIT)
                .start();
        output = owner.inputReader();
        port = Integer.parseInt(output.readLine());
        folder = Path.of(output.readLine());
        assertThat(responds()).isTrue();
        assertThat(folder).isDirectory();
    }

    @AfterEach
    void killOwner() {
        owner.destroyForcibly();
    }

    @Test
    void diesWithAJvmThatIsKilled() {
        owner.destroyForcibly();

        await("the server is gone").until(() -> !responds());
        await("its folder is gone").until(() -> !Files.exists(folder));
    }

    @Test
    void diesWithAJvmWhoseWholeProcessGroupIsKilled() throws Exception {
        assumeTrue(ServerFolder.detached(List.of()).size() == 1, "no setsid here: the JVM has the group of this test");

        assertThat(signal("KILL", "-" + owner.pid())).isZero();

        await("the server is gone").until(() -> !responds());
        await("its folder is gone").until(() -> !Files.exists(folder));
    }

    @Test
    void servesTheShutdownHooksAfterCtrlCAndThenDies() throws Exception {
        assumeTrue(ServerFolder.detached(List.of()).size() == 1, "no setsid here: Ctrl-C reaches the server as well");
        assumeTrue(Interrupts.endProcesses(), "this build runs in the background of a shell and ignores SIGINT");

        assertThat(signal("INT", "-" + owner.pid())).isZero();

        assertThat(output.readLine()).isEqualTo("hook: PONG");
        await("the server is gone").until(() -> !responds());
        await("its folder is gone").until(() -> !Files.exists(folder));
    }

    /** The shell has {@code kill} in it where the command is not installed; a negative id is a process group. */
    private static int signal(String name, String id) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", name, id)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private boolean responds() throws IOException {
        try (RedisConnection connection = RedisConnection.open(port, null)) {
            return connection.call("PING") != null;
        } catch (IOException e) {
            return false;
        }
    }
}
