package dev.carillon.embedded.server;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A real server on 127.0.0.1, in its own process and temporary folder: the common part of all servers.
 *
 * <p>{@link #close()} ends it and deletes its folder; so does the end of the JVM, even by {@code kill -9}. Shutdown hooks
 * can still use it; on Linux after Ctrl-C too (on macOS the terminal sends Ctrl-C to the server as well).
 *
 * <p>Thread-safe: calls that start or end the server wait for each other, the others never wait.
 */
public abstract class EmbeddedServer implements AutoCloseable {

    private final String name;
    private final int port;
    private final ServerFolder folder;
    private final Supplier<ServerProcess> launcher;
    private volatile ServerProcess process;
    private boolean closed;

    /**
     * Starts it. For the servers of Carillon, not for users.
     *
     * @param name the name in messages
     * @param folder its own from now on
     * @param launcher starts a process that serves on the port, and returns when it is ready; called again to restart it
     */
    protected EmbeddedServer(String name, int port, ServerFolder folder, Supplier<ServerProcess> launcher) {
        this.name = name;
        this.port = port;
        this.folder = folder;
        this.launcher = launcher;
        this.process = launcher.get();
    }

    /** Its TCP port on 127.0.0.1, the same for its whole life. */
    public final int port() {
        return port;
    }

    /** The id of its process, or of its last one if it is not running. */
    public final long pid() {
        return process.pid();
    }

    /** Whether its process is alive. */
    public final boolean isRunning() {
        return process.isRunning();
    }

    /** Kills its process with SIGKILL, as a crash would; returns when it is dead. Does nothing if it is not running. */
    public final synchronized void kill() {
        process.kill();
    }

    /**
     * Ends its process with SIGTERM, as an operator would; returns when it is dead, after ten seconds at most: then it is
     * killed. Does nothing if it is not running.
     */
    public final synchronized void stop() {
        process.stop();
    }

    /**
     * Restarts it on the same port, after {@link #stop()} if it is running; returns when it responds. See each server for
     * which data survive.
     *
     * @throws EmbeddedServerException if it cannot be started; the call can be retried
     * @throws IllegalStateException if it is closed
     */
    public final synchronized void restart() {
        if (closed) {
            throw new IllegalStateException(
                    "This %s is closed and its folder deleted: start a new one".formatted(name));
        }
        process.stop();
        process = launcher.get();
    }

    /** Ends it and deletes its folder; returns when both are gone. Does nothing if it is closed. */
    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            end(process);
            folder.close();
        }
    }

    /** Ends the process when this server is closed; by SIGKILL, because its data are not needed any more. */
    protected void end(ServerProcess process) {
        process.kill();
    }

    /** The file with its output since it was last started; deleted on {@link #close()}. */
    public final Path log() {
        return folder.log();
    }

    /** Where its files are while it is open. */
    public final Path folder() {
        return folder.path();
    }
}
