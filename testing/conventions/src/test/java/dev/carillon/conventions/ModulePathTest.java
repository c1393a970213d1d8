package dev.carillon.conventions;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a module descriptor of its own is compiled and started on the module path. */
class ModulePathTest {

    /** What the library modules need; the rest of the class path stays out, as some of its jars cannot be modules. */
    private static final String NEEDED = "carillon-(events|catalog|avro|bus|bus-spi|bus-redis|bus-kafka|bus-jdbc)-.*"
            + "|(avro|caffeine|commons-|jackson-|jspecify|kafka-clients|lettuce|lz4|netty-|reactive-streams|reactor-core"
            + "|record-builder-core|redis-authx|slf4j-api|snakeyaml-engine|snappy|zstd).*";

    private static final List<String> MODULES = List.of(
            "dev.carillon.avro",
            "dev.carillon.bus",
            "dev.carillon.bus.jdbc",
            "dev.carillon.bus.kafka",
            "dev.carillon.bus.redis",
            "dev.carillon.bus.spi",
            "dev.carillon.catalog",
            "dev.carillon.events");

    private static final Path SERVICE = Path.of("src", "test", "modular");

    @TempDir
    private Path folder;

    @Test
    void aModularServiceSendsAndReceivesItsOwnEvent() throws Exception {
        assertThat(compile(SERVICE)).isEmpty();
        Path plugin = Path.of("META-INF", "carillon", "plugin.yaml");
        Files.createDirectories(folder.resolve("classes").resolve(plugin).getParent());
        Files.copy(SERVICE.resolve(plugin), folder.resolve("classes").resolve(plugin));

        assertThat(run("org.example.loans/org.example.loans.Main"))
                .contains("found dev.carillon.bus.kafka.KafkaTransportProvider")
                .contains("found dev.carillon.bus.redis.RedisTransportProvider")
                .contains("in org.example.loans: true Loan[reader=***, isbn=978-0441013593, copies=[Copy[shelf=7]]]");
    }

    @Test
    void aModularServiceCannotUseAnInternalPackage() throws IOException {
        Path intruder = Files.createDirectories(folder.resolve("intruder"));
        Files.writeString(intruder.resolve("module-info.java"), "module intruder { requires dev.carillon.bus; }");
        Files.createDirectories(intruder.resolve("intruder"));
        Files.writeString(
                intruder.resolve("intruder/Intruder.java"),
                "package intruder; class Intruder { Class<?> type = dev.carillon.events.internal.IsoTime.class; }");

        assertThat(compile(intruder)).contains("package dev.carillon.events.internal is not visible");
    }

    @Test
    void internalPackagesAreExportedToModulesOfOursOnly() {
        List<ModuleDescriptor> modules = ModuleFinder.of(modulePath()).findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith("dev.carillon."))
                .toList();

        assertThat(modules).extracting(ModuleDescriptor::name).containsExactlyInAnyOrderElementsOf(MODULES);
        assertThat(modules).noneMatch(ModuleDescriptor::isAutomatic);
        assertThat(modules.stream()
                        .flatMap(module -> module.exports().stream())
                        .filter(exported -> exported.source().contains(".internal")))
                .isNotEmpty()
                .allSatisfy(exported -> assertThat(MODULES).containsAll(exported.targets()))
                .allMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(modules.stream()
                        .flatMap(module -> module.opens().stream())
                        .filter(opened -> opened.source().contains(".internal")))
                .isEmpty();
    }

    /** Returns the compiler's errors; empty if it succeeds. */
    private String compile(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-d",
                folder.resolve("classes").toString(),
                "--module-path",
                join(Stream.of(modulePath())));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            boolean done = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            return done ? "" : errors.toString();
        }
    }

    private String run(String program) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        join(Stream.concat(Stream.of(folder.resolve("classes")), Stream.of(modulePath()))),
                        "--module",
                        program)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** The jars of the library modules, or their folders of classes where the build has made no jars yet. */
    private static Path[] modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(ModulePathTest::isNeeded)
                .toArray(Path[]::new);
    }

    private static boolean isNeeded(Path entry) {
        if (!Files.isDirectory(entry)) {
            return entry.getFileName().toString().matches(NEEDED);
        }
        String module = entry.resolve("../..").normalize().getFileName().toString();
        return entry.endsWith(Path.of("target", "classes")) && ("carillon-" + module + "-").matches(NEEDED);
    }

    private static String join(Stream<Path> entries) {
        return entries.map(Path::toString).collect(joining(File.pathSeparator));
    }
}
