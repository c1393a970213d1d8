package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.cli.Cli.Result;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.testkit.WithRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker: a real process with a real plugin; and mistakes, one by one. */
@WithRedis
class WorkCommandTest {

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+) has");
    private static final JsonNode CREATED = Conformance.lines("vectors.jsonl").stream()
            .filter(vector ->
                    vector.at("/metadata/event_type").asText().equals("org.openedx.learning.certificate.created.v1"))
            .findFirst()
            .orElseThrow();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Topic topic;
    private Topic published;
    private Path plugins;
    private Path err;
    private @Nullable Process worker;

    @BeforeEach
    void createFolders(EmbeddedRedis redis) throws IOException {
        topic = new Topic(redis);
        published = new Topic(redis);
        plugins = Files.createDirectories(folder.resolve("plugins"));
        err = folder.resolve("err");
    }

    @AfterEach
    void killTheWorker() {
        if (worker != null) {
            worker.destroyForcibly();
        }
        topic.close();
        published.close();
    }

    private Process start(EmbeddedRedis redis, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.carillon.cli.Main",
                "work"));
        command.addAll(List.of("-t", topic.name(), "-g", "badges", "--from", "earliest", "--http-port", "0"));
        command.addAll(List.of("--http-address", "127.0.0.1", "--plugins", plugins.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("EVENT_BUS_REDIS_CONNECTION_URL", redis.url());
        builder.environment().put("BADGES", folder.toString());
        builder.environment()
                .put(
                        "EVENT_BUS_PRODUCER_CONFIG",
                        "{\"org.openedx.learning.certificate.revoked.v1\": {\"" + published.name()
                                + "\": {\"event_key_field\": \"certificate.course.course_key\", \"enabled\": true}}}");
        worker = builder.start();
        return worker;
    }

    private String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        Matcher port = PORT.matcher(text(err));
        assertThat(port.find()).as(text(err)).isTrue();
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void terminate(Process process) throws Exception {
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the worker has ended")
                .isTrue();
    }

    @Test
    void theReceiversOfAPluginAreCalledAndOnSigtermTheirWorkIsFinishedAndPublished(EmbeddedRedis redis)
            throws Exception {
        PluginJar.badges(plugins.resolve("badges.jar"), "cms.djangoapp");
        topic.addRecorded(CREATED);
        Process process = start(redis, "--service-type", "cms.djangoapp");
        await().untilAsserted(() -> assertThat(text(folder.resolve("awarded"))).hasLineCount(1));
        await().untilAsserted(
                        () -> assertThat(get("/health/ready").statusCode()).isEqualTo(200));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains(
                        "carillon_consumer_delivered_total{",
                        "messaging_process_duration_seconds_count{",
                        "jvm_memory_used_bytes{"));
        assertThat(get("/metrics/other").statusCode()).isEqualTo(404);

        Path hold = Files.createFile(folder.resolve("hold"));
        topic.addRecorded(CREATED);
        await().untilAsserted(() -> assertThat(text(folder.resolve("begun"))).hasLineCount(2));
        process.destroy();
        await().untilAsserted(() -> assertThat(get("/health/ready").body()).contains("stopping"));
        assertThat(process.isAlive()).isTrue();
        Files.delete(hold);
        terminate(process);

        assertThat(process.exitValue()).isZero();
        assertThat(text(folder.resolve("awarded"))).hasLineCount(2);
        assertThat(published.entries()).hasSize(2);
        assertThat(text(err)).contains("carillon: 2 events handled");
        JsonNode group = topic.carillon("groups", "-t", topic.name(), "--json")
                .run()
                .json()
                .get(0);
        assertThat(group.get("lag").asInt()).isZero();
        assertThat(group.get("pending").asInt()).isZero();
    }

    @Test
    void anEventThatKeepsFailingBecomesADeadLetter(EmbeddedRedis redis) throws Exception {
        PluginJar.badges(plugins.resolve("badges.jar"), "lms.djangoapp");
        Files.createFile(folder.resolve("fail"));
        topic.addRecorded(CREATED);
        Process process = start(redis, "--max-attempts", "2");

        await().untilAsserted(() -> assertThat(get("/metrics").body())
                .containsPattern("carillon_consumer_dead_lettered_total\\{.*} 1\\.0"));
        terminate(process);

        assertThat(text(folder.resolve("begun"))).hasLineCount(2);
        assertThat(topic.carillon("dead-letters", "list", "-t", topic.name(), "-g", "badges")
                        .run()
                        .out())
                .contains("1 dead letter of", "IllegalStateException");
        assertThat(text(err)).contains("1 became dead letters");
    }

    private Result work(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("work", "-t", topic.name(), "-g", "badges", "--plugins", plugins.toString()));
        arguments.addAll(List.of(more));
        return topic.carillon(arguments.toArray(String[]::new)).run();
    }

    private static void assertRefused(Result result, String... texts) {
        assertThat(result.err()).contains(texts);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutPluginsIsRefused() {
        assertRefused(work(), "There is no jar in the folder", plugins.toString());
        assertRefused(
                topic.carillon("work", "-t", topic.name(), "-g", "badges")
                        .with("CARILLON_PLUGINS", folder + "/elsewhere")
                        .run(),
                "There is no folder",
                "elsewhere");
        assertRefused(
                topic.carillon("work", "-t", topic.name(), "-g", "badges").run(),
                "There is no plugin",
                "--plugins",
                "CARILLON_CLASSPATH");
    }

    @Test
    void aJarThatIsNoPluginIsRefusedAndOneInTheLibraryFolderIsNot() throws IOException {
        PluginJar.badges(plugins.resolve("badges.jar"), "lms.djangoapp");
        Path library = plugins.resolve("library.jar");
        PluginJar.with(library, "com/acme/text.txt", "text");
        assertRefused(work(), "library.jar contains no META-INF/carillon/plugin.yaml", plugins + "/lib");

        Files.move(library, Files.createDirectories(plugins.resolve("lib")).resolve("library.jar"));
        assertRefused(work("--service-type", "other"), "only for lms.djangoapp: give one of these with --service-type");

        Files.writeString(plugins.resolve("broken.jar"), "no jar");
        assertRefused(work(), "broken.jar cannot be read as a jar");
    }

    @Test
    void aDeclarationWithoutReceiversIsRefused() throws IOException {
        PluginJar.with(plugins.resolve("empty.jar"), PluginJar.DECLARATION, "name: com.acme.badges\n");

        assertRefused(work(), "empty.jar declares no receivers in its META-INF/carillon/plugin.yaml");
    }

    @Test
    void aReceiverThatDoesNotExistIsRefused() throws IOException {
        PluginJar.with(
                plugins.resolve("badges.jar"), PluginJar.DECLARATION, PluginJar.declaration("lms.djangoapp", "award"));

        assertRefused(work(), "badges.jar", "class com.acme.badges.Signals", "is not on the class path");
    }

    @Test
    void anUnknownEventIsRefusedWithTheWayToAddOnesOwn() throws IOException {
        PluginJar.with(
                plugins.resolve("badges.jar"),
                PluginJar.DECLARATION,
                PluginJar.declaration("lms.djangoapp", "award").replace("CERTIFICATE_CREATED", "BADGE_LENT"));

        assertRefused(work(), "BADGE_LENT", "CARILLON_CLASSPATH");
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        PluginJar.badges(plugins.resolve("badges.jar"), "lms.djangoapp");

        assertRefused(work("--max-attempts", "0"), "maxAttempts must be at least 1, but was 0");
        assertRefused(work("--concurrency", "0"), "concurrency must be at least 1, but was 0");
        assertRefused(work("--http-port", "99999"), "--http-port must be from 0 to 65535, but is 99999");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    work("--http-address", "127.0.0.1", "--http-port", String.valueOf(taken.getLocalPort())),
                    "Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used");
        }
    }
}
