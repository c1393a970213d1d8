package dev.carillon.embedded;

import dev.carillon.embedded.internal.PortTakenException;
import dev.carillon.embedded.internal.ServerFolder;
import dev.carillon.embedded.internal.ServerProcess;
import dev.carillon.embedded.internal.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis 7.0 server on 127.0.0.1, in a process and a temporary folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedRedis redis = EmbeddedRedis.start()) {
 *     connect(redis.url());
 * }
 * }</pre>
 *
 * <p>It runs on Linux and macOS, x86-64 and arm64, needs nothing installed but a shell, and keeps its data in memory
 * only, unless {@link EmbeddedRedisBuilder#persistent()} says otherwise. {@link #close()} ends it and deletes its
 * folder; so does the end of the JVM, even by {@code kill -9}. Shutdown hooks can still use it; on Linux after Ctrl-C too
 * (on macOS the terminal sends Ctrl-C to the server as well).
 *
 * <p>Thread-safe: calls that start or end the server wait for each other, the others never wait.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final ServerFolder folder;
    private final Path executable;
    private final @Nullable TlsFiles tls;
    private final Map<String, RedisUser> users;
    private volatile ServerProcess process;
    private boolean closed;

    EmbeddedRedis(
            int port, ServerFolder folder, Path executable, @Nullable TlsFiles tls, Map<String, RedisUser> users) {
        this.port = port;
        this.folder = folder;
        this.executable = executable;
        this.tls = tls;
        this.users = users;
        this.process = launch();
    }

    /**
     * Starts a Redis without password, TLS and persistence on a free port; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedRedis start() {
        return builder().start();
    }

    /** A Redis that is set up otherwise. */
    public static EmbeddedRedisBuilder builder() {
        return new EmbeddedRedisBuilder();
    }

    /** Its URL for the default user, with password if there is one: {@code redis://127.0.0.1:20345/0}. */
    public String url() {
        RedisUser user = users.get(RedisUser.DEFAULT);
        return url(user == null ? "" : user.urlPrefix());
    }

    /**
     * Its URL for a user made with {@link EmbeddedRedisBuilder#user}, with name and password.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public String urlFor(String userName) {
        RedisUser user = users.get(userName);
        if (user == null) {
            throw new IllegalArgumentException(
                    "This Redis has no user '" + userName + "', it was started with " + users.keySet());
        }
        return url(user.urlPrefix());
    }

    private String url(String credentials) {
        return (tls == null ? "redis" : "rediss") + "://" + credentials + "127.0.0.1:" + port + "/0";
    }

    /** Its TCP port on 127.0.0.1, the same for its whole life. */
    public int port() {
        return port;
    }

    /**
     * The PEM file of the authority that a client must trust to connect with TLS; deleted on {@link #close()}.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public Path caCertificate() {
        if (tls == null) {
            throw new IllegalStateException("This Redis has no TLS: start it with EmbeddedRedis.builder().tls()");
        }
        return tls.caCertificate();
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
     * Ends its process with SIGTERM, as an operator would; returns when it is dead, after ten seconds at most: then it is
     * killed. Does nothing if it is not running.
     */
    public synchronized void stop() {
        process.stop();
    }

    /**
     * Starts it again on the same port, after {@link #stop()} if it is running; returns when it answers. Its data is what
     * persistence left: nothing, unless it is {@link EmbeddedRedisBuilder#persistent()}.
     *
     * @throws EmbeddedServerException if it cannot be started; another try is possible
     * @throws IllegalStateException if it is closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("This Redis is closed and its folder deleted: start a new one");
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

    /** Where its files are while it is open. */
    Path folder() {
        return folder.path();
    }

    private ServerProcess launch() {
        List<String> command = new ArrayList<>(List.of(executable.toString(), EmbeddedRedisBuilder.CONFIG_FILE));
        command.addAll(
                tls == null
                        ? List.of("--port", Integer.toString(port))
                        : List.of("--port", "0", "--tls-port", Integer.toString(port)));
        try {
            return ServerProcess.start("Redis on port " + port, folder, command, PATIENCE, this::answers);
        } catch (EmbeddedServerException e) {
            // "Address in use" or "Address already in use", as the platform has it
            if (folder.endOfLog().contains("bind: Address")) {
                throw new PortTakenException(port, e);
            }
            throw e;
        }
    }

    /** The process id in the reply tells this server from another that has the port. */
    private boolean answers(long pid) throws IOException {
        @Nullable SSLContext context = tls == null ? null : tls.trust();
        RedisUser user = users.get(RedisUser.DEFAULT);
        try (RedisConnection connection = RedisConnection.open(port, context)) {
            if (user != null) {
                connection.call("AUTH", user.password());
            }
            connection.call("PING");
            String info = connection.call("INFO", "server");
            return info != null && info.lines().anyMatch(("process_id:" + pid)::equals);
        }
    }
}
