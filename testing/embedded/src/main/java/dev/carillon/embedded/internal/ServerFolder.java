package dev.carillon.embedded.internal;

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
 * The temporary folder of one server, readable by its owner only. It is deleted, and the server in it killed, when it is
 * closed or when the JVM ends, be it by {@code kill -9}.
 *
 * <p>A shell watches over both: it reads from a pipe which process serves now, and does its work when the pipe ends. The
 * kernel ends it with the JVM, whatever the cause. That is better than a shutdown hook twice over: hooks do not run on
 * {@code kill -9}, and they run side by side, so that one would take the server away from an application whose own hook
 * is still finishing its work.
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
     * Makes a folder and its watchdog.
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
     * The command, run in a session of its own where the platform has {@code setsid}: then Ctrl-C reaches only the JVM,
     * which ends its work before the server goes. The process keeps its id.
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

    /** Where the server's output goes, afresh each time it starts. */
    public Path log() {
        return path.resolve("server.log");
    }

    /** Whether the server has said this since it was last started. */
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

    /** From now on {@code pid} is the process that must not outlive the JVM. */
    void guard(long pid) {
        tell(Long.toString(pid));
    }

    /** The guarded process has ended: its id may soon be another's. */
    void release() {
        tell("");
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

    private synchronized void tell(String line) {
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
