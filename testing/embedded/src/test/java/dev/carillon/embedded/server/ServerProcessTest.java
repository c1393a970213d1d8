package dev.carillon.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private ServerFolder folder;
    private long pid;

    @BeforeEach
    void createFolder() throws IOException {
        folder = ServerFolder.create("test");
    }

    @AfterEach
    void deleteFolder() {
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void oneThatIsNotReadyInTimeIsKilledAndShowsItsLogAndLastAnswer() {
        assertThatThrownBy(() -> start(Duration.ofMillis(50), "echo warming up; exec sleep 100", pid -> {
                    await("the server's log").until(() -> folder.endOfLog().contains("warming up"));
                    throw new IOException("still loading");
                }))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("Sleeper is not ready after 50 ms")
                .hasMessageContaining("warming up")
                .hasRootCauseMessage("still loading");
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void oneThatEndsAtStartShowsItsStatusAndTheEndOfItsLog() {
        assertThatThrownBy(() -> start(LONG, "for i in $(seq 100); do echo line $i; done; exit 3", pid -> false))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("exit status 3")
                .hasMessageContaining("line 81\n")
                .hasMessageEndingWith("line 100")
                .hasMessageNotContaining("line 80\n");
    }

    @Test
    void oneWhoseFileCannotBeRunSaysHowToMoveIt() throws IOException {
        Path file = Files.writeString(folder.path().resolve("server"), "not a program");

        assertThatThrownBy(() -> start(LONG, "exec " + file, pid -> false))
                .hasMessageContaining("exit status 126")
                .hasMessageContaining("-Djava.io.tmpdir")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aStartThatIsInterruptedLeavesNoProcess() {
        assertThatThrownBy(() -> start(LONG, "exec sleep 100", pid -> {
                    Thread.currentThread().interrupt();
                    return false;
                }))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void runsInItsFolderAndEndsWithTheRequestedSignal() throws IOException {
        String waiting = "trap 'pwd; exit' TERM; echo ready >ready; while :; do sleep 0.01; done";

        ServerProcess server = start(
                LONG, waiting, pid -> folder.path().resolve("ready").toFile().exists());
        assertThat(server.isRunning()).isTrue();
        server.stop();

        assertThat(server.isRunning()).isFalse();
        assertThat(folder.endOfLog()).isEqualTo(folder.path().toRealPath().toString());
        server.stop();
        server.kill();
    }

    private ServerProcess start(Duration timeout, String script, ServerProcess.Probe probe) {
        return ServerProcess.start("Sleeper", folder, List.of("sh", "-c", script), timeout, started -> {
            pid = started;
            return probe.responds(started);
        });
    }
}
