package dev.carillon.embedded.kafka;

import dev.carillon.embedded.EmbeddedServer;
import dev.carillon.embedded.EmbeddedServerException;

/**
 * A real schema registry on 127.0.0.1, Apicurio Registry 2.6 with the API of Confluent's, in a process and a temporary
 * folder of its own.
 *
 * <pre>{@code
 * try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
 *     connect(registry.url());
 * }
 * }</pre>
 *
 * <p>It runs on the Java that this JVM runs on, on Linux and macOS. It checks no compatibility until told to, by
 * {@code PUT /config}. What it has answered survives {@link #kill()} and {@link #stop()}, and is there again, under the same
 * ids, after {@link #restart()}.
 */
public final class EmbeddedRegistry extends EmbeddedServer {

    EmbeddedRegistry(RegistryLauncher launcher) {
        super("Registry", launcher.port(), launcher.folder(), launcher);
    }

    /**
     * Starts a registry on a free port; returns when it answers.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedRegistry start() {
        return builder().start();
    }

    /** A registry that is set up otherwise. */
    public static EmbeddedRegistryBuilder builder() {
        return new EmbeddedRegistryBuilder();
    }

    /** Where clients of Confluent's schema registry find it: {@code http://127.0.0.1:20345/apis/ccompat/v7}. */
    public String url() {
        return RegistryLauncher.url(port());
    }
}
