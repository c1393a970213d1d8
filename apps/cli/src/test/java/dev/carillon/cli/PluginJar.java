package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds plugin jars as their authors do: compiled sources and a declaration. */
final class PluginJar {

    static final String DECLARATION = "META-INF/carillon/plugin.yaml";

    /** Writes down whom it awards, and announces that the certificate is revoked; waits while a file "hold" is there. */
    private static final String BADGES = """
            package com.acme.badges;

            import dev.carillon.catalog.learning.CertificateData;
            import dev.carillon.catalog.learning.LearningSignals;
            import dev.carillon.events.Events;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            public final class Signals {

                private final Events events;

                public Signals(Events events) {
                    this.events = events;
                }

                public void award(CertificateData certificate) throws Exception {
                    Path folder = Path.of(System.getenv("BADGES"));
                    String line = certificate.user().id() + "\\n";
                    Files.writeString(
                            folder.resolve("begun"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    while (Files.exists(folder.resolve("hold"))) {
                        Thread.onSpinWait();
                    }
                    if (Files.exists(folder.resolve("fail"))) {
                        throw new IllegalStateException("no badges left");
                    }
                    events.send(LearningSignals.CERTIFICATE_REVOKED, certificate);
                    Files.writeString(
                            folder.resolve("awarded"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
            """;

    private PluginJar() {}

    /** A jar with the receiver {@code award}, declared for this service type. */
    static void badges(Path jar, String serviceType) throws IOException {
        Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "sources");
        Path source = Files.createDirectories(work.resolve("com/acme/badges")).resolve("Signals.java");
        Files.writeString(source, BADGES);
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-proc:none", source.toString());
        assertThat(exitCode).as("the plugin compiles").isZero();
        Files.delete(source);
        Map<String, byte[]> entries = new TreeMap<>();
        entries.put(DECLARATION, declaration(serviceType, "award").getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> classes = Files.walk(work)) {
            classes.filter(Files::isRegularFile)
                    .forEach(file -> entries.put(work.relativize(file).toString(), bytes(file)));
        }
        write(jar, entries);
    }

    /** A declaration of one receiver for certificates. */
    static String declaration(String serviceType, String method) {
        return """
                name: com.acme.badges
                plugin_app:
                  signals_config:
                    %s:
                      receivers:
                        - receiver_func_name: %s
                          signal_path: openedx_events.learning.signals.CERTIFICATE_CREATED
                          dispatch_uid: acme.award
                """.formatted(serviceType, method);
    }

    /** A jar with one file of text. */
    static void with(Path jar, String entry, String text) throws IOException {
        write(jar, Map.of(entry, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
