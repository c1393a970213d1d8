package dev.carillon.embedded.kafka;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.EmbeddedServerException;
import dev.carillon.embedded.internal.TlsFiles;
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
 * <p>It runs on the Java that this JVM runs on, on Linux and macOS. Topics come into being when first asked for. What has
 * been acknowledged survives {@link #kill()} and {@link #stop()}, and is there again after {@link #restart()}.
 */
public final class EmbeddedKafka extends EmbeddedServer {

    private final @Nullable TlsFiles tls;

    EmbeddedKafka(KafkaLauncher launcher) {
        super("Kafka", launcher.port(), launcher.folder(), launcher);
        this.tls = launcher.settings().tls();
    }

    /**
     * Starts a Kafka without TLS and authentication on a free port; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedKafka start() {
        return builder().start();
    }

    /** A Kafka that is set up otherwise. */
    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    /** What clients connect to: {@code 127.0.0.1:20345}. */
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
