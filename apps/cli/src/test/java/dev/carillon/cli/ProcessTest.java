package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testing.Interrupts;
import dev.carillon.testkit.WithRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a separate process: signals, pipes, locales. */
@WithRedis
class ProcessTest {

    /** A JVM starts, on a machine that may be busy. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String KEY = "{\"kind\": \"course\", \"input\": \"course-v1:Ünï+日本+r\"}\n";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    private Topic topic;
    private Path err;

    @BeforeEach
    void createTopic(EmbeddedRedis redis) {
        topic = new Topic(redis);
        err = folder.resolve("err");
    }

    @AfterEach
    void killProcesses() {
        started.forEach(Process::destroyForcibly);
        topic.close();
    }

    private Process start(String redisUrl, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.carillon.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redisUrl);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    private String errors() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsTheConsumerInOrder(String signal, EmbeddedRedis redis) throws Exception {
        assumeTrue(
                !signal.equals("INT") || Interrupts.endProcesses(),
                "this build runs in the background of a shell and ignores SIGINT");
        JsonNode vector = Conformance.lines("vectors.jsonl").get(0);
        topic.addRecorded(vector);
        Process consumer =
                start(redis.url(), "consume-events", "-t", topic.name(), "-g", "group", "--from", "earliest");
        BufferedReader out = consumer.inputReader(StandardCharsets.UTF_8);
        assertThat(Conformance.parse(out.readLine()).get("metadata")).isEqualTo(vector.get("metadata"));

        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(consumer.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(exitCode(consumer)).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(errors()).isEqualTo("carillon: 1 event printed\n");
    }

    @Test
    void anUnavailableBrokerIsLoggedAndRetried() throws Exception {
        Process consumer = start("redis://127.0.0.1:1/0", "consume-events", "-t", topic.name(), "-g", "group");

        await().atMost(SOON).untilAsserted(() -> assertThat(errors()).contains("Broker unavailable", "127.0.0.1:1"));
        assertThat(consumer.isAlive()).isTrue();
        consumer.destroy();

        assertThat(exitCode(consumer)).isZero();
        assertThat(errors()).doesNotContain("\tat ");
    }

    @Test
    void anUnsentEventIsReportedOnce() throws Exception {
        Process producer = start(
                "redis://127.0.0.1:1/0?socket_timeout=0.2",
                "produce-event",
                "--signal",
                "openedx_events.content_authoring.signals.CONTENT_LIBRARY_CREATED",
                "--topic",
                topic.name(),
                "--key-field",
                "content_library.library_key",
                "--data",
                "{\"content_library\": {\"library_key\": \"lib:Org:lib1\"}}");
        String out = new String(producer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(exitCode(producer)).isEqualTo(1);
        assertThat(Conformance.parse(out)
                        .at("/data/content_library/library_key")
                        .asText())
                .isEqualTo("lib:Org:lib1");
        assertThat(errors()).containsOnlyOnce("was not published").hasLineCount(2);
    }

    @Test
    void textIsUtf8InAnyLocale() throws Exception {
        Process key = start("", "key");
        try (OutputStream in = key.getOutputStream()) {
            in.write(KEY.getBytes(StandardCharsets.UTF_8));
        }

        String out = new String(key.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(Conformance.parse(out).get("string").asText()).isEqualTo("course-v1:Ünï+日本+r");
        assertThat(exitCode(key)).isZero();
    }

    @Test
    void eachLineIsConvertedBeforeTheNextArrives() throws Exception {
        Process key = start("", "key");
        BufferedReader out = key.inputReader(StandardCharsets.UTF_8);
        OutputStream in = key.getOutputStream();
        for (int i = 0; i < 3; i++) {
            in.write(KEY.getBytes(StandardCharsets.UTF_8));
            in.flush();

            assertThat(out.readLine()).contains("CourseLocator");
        }
        in.close();

        assertThat(exitCode(key)).isZero();
    }

    @Test
    void aClosedPipeIsNotAFailure() throws Exception {
        Process key = start("", "key");
        key.getInputStream().close();
        try (OutputStream in = key.getOutputStream()) {
            byte[] line = KEY.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10_000; i++) {
                in.write(line);
            }
        } catch (IOException e) {
            // The command ended before everything was written, as expected.
        }

        assertThat(exitCode(key)).isZero();
        assertThat(errors()).isEmpty();
    }
}
