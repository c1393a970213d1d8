package dev.carillon.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.embedded.EmbeddedRedis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip, unpacked: its command runs, and so does a worker with a plugin. */
class ZipTest {

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+) has");
    private static final String VERSION = System.getProperty("carillon.version", "");
    private static final String PLUGIN = """
            package com.acme;
            public final class Signals {
                public static void award(dev.carillon.catalog.learning.CertificateData data) throws Exception {
                    java.nio.file.Files.createFile(java.nio.file.Path.of(System.getenv("AWARDED")));
                }
            }
            """;
    private static final String DECLARATION = """
            name: com.acme
            signals_config:
              lms.djangoapp:
                receivers:
                  - receiver_func_name: award
                    signal_path: openedx_events.learning.signals.CERTIFICATE_CREATED
            """;
    private static final String CERTIFICATE = """
            {"certificate": {"user": {"id": 7, "is_active": true, "pii": {"username": "ada", "email": "ada@example.org", "name": "Ada"}},
            "course": {"course_key": "course-v1:edX+DemoX+2026", "display_name": "Demo", "start": null, "end": null},
            "mode": "verified", "grade": "0.9", "download_url": "", "name": "Ada", "current_status": "downloadable"}}
            """;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void unzip() throws IOException {
        try (ZipInputStream zip =
                new ZipInputStream(Files.newInputStream(Path.of(System.getProperty("carillon.zip", ""))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(zip, file);
                }
            }
        }
        root = folder.resolve("carillon-" + VERSION);
        // Java's zip does not restore permissions, as unzip does
        assertThat(root.resolve("bin/carillon").toFile().setExecutable(true)).isTrue();
    }

    private Process start(Map<String, String> variables, Path err, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("bin/carillon").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CARILLON_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.environment().put("CARILLON_CACHE", "");
        builder.environment().putAll(variables);
        return builder.start();
    }

    private String run(int exitCode, Map<String, String> variables, String... arguments) throws Exception {
        Path err = folder.resolve("err");
        Process process = start(variables, err, arguments);
        String out;
        try (InputStream in = process.getInputStream()) {
            out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor()).as(text(err)).isEqualTo(exitCode);
        return out + text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theZipHasTheCommandItsCompletionAndTheManifestsButNoServers() throws Exception {
        assertThat(run(0, Map.of(), "--version")).contains("carillon " + VERSION, "openedx-events ");
        assertThat(run(1, Map.of(), "demo")).contains("The demo starts servers that the distribution does not contain");
        assertThat(root.resolve("completion/carillon")).content().contains("complete ", "dead-letters");
        assertThat(root.resolve("share/man/man1/carillon.1"))
                .content()
                .contains("\"carillon " + VERSION.replace("-", "\\-") + "\"", ".SS \"carillon work\"");
        assertThat(root).isDirectoryContaining("glob:**/LICENSE");
        assertThat(root.resolve("plugins")).isDirectory();
        assertThat(root.resolve("deploy")).isDirectoryContaining("glob:**/Containerfile");
        try (Stream<Path> jars = Files.list(root.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .anyMatch(jar -> jar.startsWith("carillon-bus-kafka"))
                    .noneMatch(jar -> jar.contains("embedded") || jar.contains("junit"));
        }
    }

    /** What the zip has recorded is used by a Java that refuses to start otherwise, and another Java would ignore it. */
    @Test
    @Tag("thorough")
    void theFirstCommandRecordsAnArchiveThatJavaAccepts() throws Exception {
        Path cache = folder.resolve("cache");
        Map<String, String> variables = Map.of("CARILLON_CACHE", cache.toString(), "CARILLON_JAVA_OPTS", "");
        String version = run(0, variables, "--version");
        await().atMost(60, TimeUnit.SECONDS).until(() -> archives(cache).size() == 1);
        Path archive = archives(cache).get(0);

        assertThat(archive).isNotEmptyFile();
        assertThat(run(0, Map.of("CARILLON_CACHE", cache.toString(), "CARILLON_JAVA_OPTS", "-Xshare:on"), "--version"))
                .isEqualTo(version);

        byte[] bytes = Files.readAllBytes(archive);
        Arrays.fill(bytes, 0, 64, (byte) 1); // as the header of another Java
        Files.delete(archive);
        Files.write(archive, bytes);
        assertThat(run(0, variables, "--version")).isEqualTo(version);
    }

    private static List<Path> archives(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    @Test
    void aWorkerRunsThePluginsOfItsFolder() throws Exception {
        addPlugin();
        Path err = folder.resolve("worker");
        Path awarded = folder.resolve("awarded");
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            Map<String, String> variables = Map.of(
                    "EVENT_BUS_REDIS_CONNECTION_URL",
                    redis.url(),
                    "AWARDED",
                    awarded.toString(),
                    "CARILLON_PLUGINS",
                    root.resolve("plugins").toString());
            Process worker = start(
                    variables,
                    err,
                    "work",
                    "-t",
                    "loans",
                    "-g",
                    "badges",
                    "--http-port",
                    "0",
                    "--http-address",
                    "127.0.0.1");
            try {
                await().atMost(60, TimeUnit.SECONDS).until(() -> isReady(text(err)));
                run(
                        0,
                        variables,
                        "produce-event",
                        "--signal",
                        "openedx_events.learning.signals.CERTIFICATE_CREATED",
                        "--topic",
                        "loans",
                        "--key-field",
                        "certificate.course.course_key",
                        "--data",
                        CERTIFICATE);
                await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(awarded));
                worker.destroy(); // SIGTERM
                assertThat(worker.waitFor()).as(text(err)).isZero();
            } finally {
                worker.destroyForcibly();
            }
        }
        assertThat(text(err)).contains("1 event handled");
    }

    private static boolean isReady(String log) throws Exception {
        Matcher port = PORT.matcher(log);
        return port.find()
                && HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(
                                                        "http://127.0.0.1:" + port.group(1) + "/health/ready"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == 200;
    }

    /** Compiled against the jars of the zip, as an author of a plugin does. */
    private void addPlugin() throws IOException {
        Path source = Files.createDirectories(folder.resolve("com/acme")).resolve("Signals.java");
        Files.writeString(source, PLUGIN);
        String classPath;
        try (Stream<Path> jars = Files.list(root.resolve("lib"))) {
            classPath = jars.map(Path::toString).collect(Collectors.joining(":"));
        }
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", classPath, "-proc:none", source.toString()))
                .isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(root.resolve("plugins/acme.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/carillon/plugin.yaml"));
            jar.write(DECLARATION.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry("com/acme/Signals.class"));
            jar.write(Files.readAllBytes(source.resolveSibling("Signals.class")));
        }
    }
}
