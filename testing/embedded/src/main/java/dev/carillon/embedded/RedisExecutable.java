package dev.carillon.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.embedded.server.StartFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Redis server that {@code org.signal:embedded-redis} carries: static, with TLS, one file a platform. */
final class RedisExecutable {

    private static final String LIBRARY = "org.signal:embedded-redis:0.9.1";
    private static final String VERSION = "7.0.15";

    private RedisExecutable() {}

    /** The resource that holds the executable for this platform. */
    static String resource() {
        return resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** The resource for a platform as the system properties {@code os.name} and {@code os.arch} name it. */
    static String resource(String os, String architecture) {
        @Nullable String system = os.equals("Linux") ? "linux" : os.startsWith("Mac OS") ? "darwin" : null;
        @Nullable
        String processor = switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> null;
        };
        if (system == null || processor == null) {
            throw StartFailures.unsupportedPlatform("Redis", os, architecture);
        }
        return "redis-server-%s-%s-%s".formatted(VERSION, system, processor);
    }

    /**
     * Writes the executable into the folder.
     *
     * <p>A child process writes the file, because a JVM cannot safely start what it has written itself: a process that
     * another thread starts at that moment inherits the open file for an instant, and Linux refuses to run a file that is
     * open for writing ("Text file busy", JDK-8068370).
     */
    static Path unpack(String resource, Path folder) throws IOException {
        Path executable = folder.resolve("redis-server");
        byte[] content = read(resource);
        Process writer = new ProcessBuilder("sh", "-c", "cat >\"$1\" && chmod 700 \"$1\"", "sh", executable.toString())
                .redirectErrorStream(true)
                .start();
        @Nullable IOException endedEarly = null;
        try (OutputStream pipe = writer.getOutputStream()) {
            pipe.write(content);
        } catch (IOException e) {
            endedEarly = e;
        }
        String complaint = new String(writer.getInputStream().readAllBytes(), UTF_8).strip();
        if (writer.onExit().join().exitValue() != 0) {
            throw new IOException("cannot write %s: %s".formatted(executable, complaint), endedEarly);
        }
        return executable;
    }

    private static byte[] read(String resource) throws IOException {
        try (@Nullable InputStream content = RedisExecutable.class.getResourceAsStream("/" + resource)) {
            if (content == null) {
                throw StartFailures.missingFiles("Redis", resource, "add " + LIBRARY);
            }
            return content.readAllBytes();
        }
    }
}
