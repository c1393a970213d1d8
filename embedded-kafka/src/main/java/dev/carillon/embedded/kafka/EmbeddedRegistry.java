package dev.carillon.embedded.kafka;

import dev.carillon.embedded.EmbeddedServerException;
import dev.carillon.embedded.internal.PortTakenException;
import dev.carillon.embedded.internal.Ports;
import dev.carillon.embedded.internal.ServerFolder;
import dev.carillon.embedded.internal.ServerProcess;
import dev.carillon.embedded.internal.StartFailures;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real schema registry (Apicurio) with Confluent's API on 127.0.0.1, in a process and a temporary folder of its own; it keeps
 * its schemas in a file there, so that they outlive {@link #kill()}.
 *
 * <pre>{@code
 * try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
 *     connect(registry.url());
 * }
 * }</pre>
 *
 * <p>It is ready in about three seconds, takes about 200 MB, and accepts any change of a schema unless its configuration is
 * changed over its API. None of its libraries is on the class path of this process. {@link #close()} ends it and deletes its
 * folder; so does the end of the JVM, even by {@code kill -9}.
 *
 * <p>Thread-safe: calls that start or end the server wait for each other, the others never wait.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROBE_MILLIS = 1_000;
    private static final String API = "/apis/ccompat/v7";

    private final int port;
    private final ServerFolder folder;
    private final Path files;
    private volatile ServerProcess process;
    private boolean closed;

    private EmbeddedRegistry(int port, ServerFolder folder, Path files) {
        this.port = port;
        this.folder = folder;
        this.files = files;
        this.process = launch();
    }

    /**
     * Starts a registry on a free port; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedRegistry start() {
        return startOn(0);
    }

    /**
     * Starts a registry on this port, 1 to 65535; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started, because the port is taken for example
     */
    public static EmbeddedRegistry start(int port) {
        return startOn(Ports.checked(port));
    }

    private static EmbeddedRegistry startOn(int port) {
        @Nullable ServerFolder folder = null;
        @Nullable EmbeddedRegistry registry = null;
        try {
            ServerFolder made = ServerFolder.create("registry");
            folder = made;
            Path files = Distribution.folder("registry", made.path());
            registry = Ports.start(port, Ports::random, each -> new EmbeddedRegistry(each, made, files));
            return registry;
        } catch (IOException e) {
            throw StartFailures.cannotStart("The schema registry", e);
        } finally {
            if (folder != null && registry == null) {
                folder.close();
            }
        }
    }

    /** The base of its API: {@code http://127.0.0.1:20345/apis/ccompat/v7}. */
    public String url() {
        return "http://127.0.0.1:" + port + API;
    }

    /** Its TCP port on 127.0.0.1, the same for its whole life. */
    public int port() {
        return port;
    }

    /** The id of its process, or of its last one if it is not running. */
    public long pid() {
        return process.pid();
    }

    /** Whether its process is alive. */
    public boolean isRunning() {
        return process.isRunning();
    }

    /** Kills its process with SIGKILL, as a crash would; returns when it is dead. Does nothing if it is not running. */
    public synchronized void kill() {
        process.kill();
    }

    /**
     * Starts it again on the same port with its schemas, after it was ended if it is running; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started; another try is possible
     * @throws IllegalStateException if it is closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("This registry is closed and its folder deleted: start a new one");
        }
        process.stop();
        process = launch();
    }

    /** Kills it and deletes its folder; returns when both are gone. Does nothing if it is closed. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            process.kill();
            folder.close();
        }
    }

    private ServerProcess launch() {
        List<String> command = new ArrayList<>(Distribution.java());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + folder.path().resolve("schemas") + ";WRITE_DELAY=0",
                "-Djava.io.tmpdir=" + folder.path(),
                "-jar",
                runner()));
        try {
            return ServerProcess.start(
                    "The schema registry on port " + port, folder, command, PATIENCE, pid -> answers());
        } catch (EmbeddedServerException e) {
            if (folder.endOfLog().contains("already in use")
                    || folder.endOfLog().contains("already bound")) {
                throw new PortTakenException(port, e);
            }
            throw e;
        }
    }

    private String runner() {
        File[] jars = files.toFile().listFiles((place, name) -> name.endsWith("-runner.jar"));
        if (jars == null || jars.length == 0) {
            throw StartFailures.cannotStart(
                    "The schema registry", new IOException("there is no runner among its files in " + files));
        }
        return jars[0].toString();
    }

    private boolean answers() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
        connection.setConnectTimeout(PROBE_MILLIS);
        connection.setReadTimeout(PROBE_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
