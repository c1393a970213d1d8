package dev.carillon.embedded.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder of one server, readable by its owner only. When it is closed or the JVM ends, even by {@code kill
 * -9}, it is deleted and its server is killed.
 *
 * <p>A shell process is the watchdog: it reads from a pipe which process is the server now, and cleans up when the pipe
 * ends. The kernel closes the pipe with the JVM, whatever the cause. Shutdown hooks have two disadvantages: they do not run
 * on {@code kill -9}, and they run concurrently, so that one could stop the server while the application's own hook still
 * uses it.
 *
 * <p>Thread-safe.
 */
public final class ServerFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerFolder.class);

    /** Signals meant for the JVM (Ctrl-C reaches its whole process group) must not end the watch early. */
    private static final String WATCH = """
            trap '' INT TERM HUP
            echo watching
            pid=
            while read -r line; do pid=$line; done
            [ -z "$pid" ] || kill -9 "$pid"
            rm -rf "$1"
            """;

    private static final int LOG_LINES = 20;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path path;
    private final Process watchdog;
    private final BufferedWriter pipe;

    private ServerFolder(Path path, Process watchdog) {
        this.path = path;
        this.watchdog = watchdog;
        this.pipe = watchdog.outputWriter();
    }

    /**
     * Creates a folder and its watchdog.
     *
     * @param server a part of its name: {@code redis}
     */
    public static ServerFolder create(String server) throws IOException {
        Path path = Files.createTempDirectory("carillon-" + server + "-").toAbsolutePath();
        @Nullable ServerFolder folder = null;
        try {
            Process watchdog = new ProcessBuilder(detached(List.of("sh", "-c", WATCH, "watchdog", path.toString())))
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (watchdog.inputReader().readLine() == null) {
                throw new IOException("it needs the shell 'sh', which is not on the PATH or does not run");
            }
            folder = new ServerFolder(path, watchdog);
            return folder;
        } finally {
            if (folder == null) {
                Files.delete(path);
            }
        }
    }

    /**
     * The command, in its own session where the platform has {@code setsid}: then Ctrl-C reaches only the JVM, which
     * finishes before the server is stopped. The process keeps its id.
     */
    public static List<String> detached(List<String> command) {
        return Files.isExecutable(SETSID)
                ? Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList()
                : command;
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /** The file for the server's output, overwritten at each start. */
    public Path log() {
        return path.resolve("server.log");
    }

    /** Whether the server has logged this since its last start. */
    public boolean hasLogged(String text) {
        return readLog().contains(text);
    }

    /** The last lines of the server's output, for messages. */
    public String endOfLog() {
        List<String> lines = readLog().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private String readLog() {
        try {
            return new String(Files.readAllBytes(log()), UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Sets the process that must not outlive the JVM. */
    void guard(long pid) {
        send(Long.toString(pid));
    }

    /** The guarded process has ended: its id may soon be reused. */
    void release() {
        send("");
    }

    /** Deletes the folder and returns when it is gone. The server in it must have ended. */
    @Override
    public synchronized void close() {
        try {
            pipe.close();
        } catch (IOException e) {
            warn(e);
        }
        watchdog.onExit().join();
    }

    private synchronized void send(String line) {
        try {
            pipe.write(line);
            pipe.write('\n');
            pipe.flush();
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException cause) {
        LOG.warn("The watchdog of {} is gone: delete this folder by hand, and end the server in it", path, cause);
    }
}
