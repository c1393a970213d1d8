package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left of servers whose JVM ends without closing them; the rest of it is tested with Redis. */
@Tag("thorough")
class OwnerTest {

    @Test
    void theServersDieWithAJvmThatIsKilled() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServersOwner.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader output = owner.inputReader()) {
            ProcessHandle kafka =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            ProcessHandle registry =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            Path folder = Path.of(output.readLine());
            assertThat(kafka.isAlive()).isTrue();
            assertThat(registry.isAlive()).isTrue();
            assertThat(folder).isDirectory();

            owner.destroyForcibly();

            await("the broker is gone").until(() -> !kafka.isAlive());
            await("the registry is gone").until(() -> !registry.isAlive());
            await("the folder is gone").until(() -> !Files.exists(folder));
        } finally {
            owner.destroyForcibly();
        }
    }
}
