package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The annotations work with the oldest release of JUnit that is supported, in a process of its own. */
class OlderJUnitTest {

    private static final Path OLDER_JUNIT = Path.of("target", "older-junit", "junit-platform-console-standalone.jar");

    @Test
    void testsRunWithJUnit512() throws Exception {
        String withoutJUnit = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
                .collect(Collectors.joining(File.pathSeparator));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        OLDER_JUNIT + File.pathSeparator + withoutJUnit,
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--details=tree",
                        "--config=junit.jupiter.execution.parallel.enabled=false",
                        "--select-class=dev.carillon.testkit.olderjunit.FirstCase",
                        "--select-class=dev.carillon.testkit.olderjunit.SecondCase")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("3 tests successful");
    }
}
