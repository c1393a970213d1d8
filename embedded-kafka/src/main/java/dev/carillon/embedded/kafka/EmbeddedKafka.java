package dev.carillon.embedded.kafka;

import dev.carillon.embedded.EmbeddedServerException;
import dev.carillon.embedded.internal.PortTakenException;
import dev.carillon.embedded.internal.ServerFolder;
import dev.carillon.embedded.internal.ServerProcess;
import dev.carillon.embedded.internal.StartFailures;
import dev.carillon.embedded.internal.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker on 127.0.0.1, in a process and a temporary folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *     connect(kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>It runs wherever Java does and there is a shell, is ready in two to three seconds, takes about 250 MB, and makes topics when
 * they are first used. None of its libraries is on the class path of this process. Its data outlive {@link #kill()}; {@link
 * #close()} ends it and deletes its folder, and so does the end of the JVM, even by {@code kill -9}.
 *
 * <p>Thread-safe: calls that start or end the server wait for each other, the others never wait.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final ServerFolder folder;
    private final List<String> command;
    private final @Nullable TlsFiles tls;
    private volatile ServerProcess process;
    private boolean closed;

    EmbeddedKafka(int port, ServerFolder folder, List<String> command, @Nullable TlsFiles tls) {
        this.port = port;
        this.folder = folder;
        this.command = command;
        this.tls = tls;
        this.process = launch();
    }

    /**
     * Starts a broker without password and TLS on a free port; returns when it serves.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedKafka start() {
        return builder().start();
    }

    /** A broker that is set up otherwise. */
    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    /** Where clients find it: {@code 127.0.0.1:20345}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
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
            throw new IllegalStateException(
                    "This Kafka has no TLS: start it with EmbeddedKafka.builder().secured(key, secret)");
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
     * Starts it again on the same port with its data, after {@link #stop()} if it is running; returns when it serves.
     *
     * @throws EmbeddedServerException if it cannot be started; another try is possible
     * @throws IllegalStateException if it is closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("This Kafka is closed and its folder deleted: start a new one");
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
        Path ready = folder.path().resolve(EmbeddedKafkaBuilder.READY_FILE);
        try {
            Files.deleteIfExists(ready);
            return ServerProcess.start(
                    "Kafka on port " + port,
                    folder,
                    command,
                    PATIENCE,
                    pid -> Files.exists(ready) && Files.readString(ready).equals(Long.toString(pid)));
        } catch (EmbeddedServerException e) {
            if (folder.endOfLog().contains("Address already in use")) {
                throw new PortTakenException(port, e);
            }
            throw e;
        } catch (IOException e) {
            throw StartFailures.cannotStart("Kafka", e);
        }
    }
}
