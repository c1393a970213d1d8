package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.ServerProcess;
import dev.carillon.embedded.server.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka 4.3 on 127.0.0.1, one node, in a process and a temporary folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *     connect(kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>Runs on the same Java as this JVM, on Linux and macOS. Topics are created at first use. Acknowledged data survive
 * {@link #kill()} and {@link #stop()}, and are available again after {@link #restart()}.
 *
 * <p>Its files are unpacked once into {@code carillon} in the user's cache folder ({@code XDG_CACHE_HOME}, or {@code ~/.cache}), where
 * the first server that is closed also leaves an archive of its classes, so that later ones start faster. The folder may be deleted
 * while no server runs. If it cannot be written, each server unpacks its files into its own folder.
 */
public final class EmbeddedKafka extends EmbeddedServer {

    private final @Nullable TlsFiles tls;
    private final ClassArchive archive;

    EmbeddedKafka(KafkaLauncher launcher) {
        super("Kafka", launcher.port(), launcher.folder(), launcher);
        this.tls = launcher.settings().tls();
        this.archive = launcher.archive();
    }

    @Override
    protected void end(ServerProcess process) {
        archive.end(process);
    }

    /**
     * Starts a Kafka without TLS and authentication on a free port; returns when it responds.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedKafka start() {
        return builder().start();
    }

    /** A builder for a Kafka with other settings. */
    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    /** The bootstrap address for clients: {@code 127.0.0.1:20345}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /**
     * The PEM file of the authority that a client must trust; deleted on {@link #close()}.
     *
     * @throws IllegalStateException if it was started without TLS
     */
    public Path caCertificate() {
        if (tls == null) {
            throw new IllegalStateException(
                    "This Kafka has no TLS: start it with EmbeddedKafka.builder().secured(apiKey, apiSecret)");
        }
        return tls.caCertificate();
    }
}
