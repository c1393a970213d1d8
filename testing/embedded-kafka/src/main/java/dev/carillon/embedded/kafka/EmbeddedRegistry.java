package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServer;
import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.ServerProcess;

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
 * <p>Runs on the same Java as this JVM, on Linux and macOS. Compatibility is not checked until enabled with {@code PUT
 * /config}. Acknowledged data survive {@link #kill()} and {@link #stop()}, and are available again, under the same ids,
 * after {@link #restart()}.
 *
 * <p>Its files are unpacked once into {@code carillon} in the user's cache folder ({@code XDG_CACHE_HOME}, or {@code ~/.cache}), where
 * the first server that is closed also leaves an archive of its classes, so that later ones start faster. The folder may be deleted
 * while no server runs. If it cannot be written, each server unpacks its files into its own folder.
 */
public final class EmbeddedRegistry extends EmbeddedServer {

    private final ClassArchive archive;

    EmbeddedRegistry(RegistryLauncher launcher) {
        super("Registry", launcher.port(), launcher.folder(), launcher);
        this.archive = launcher.archive();
    }

    @Override
    protected void end(ServerProcess process) {
        archive.end(process);
    }

    /**
     * Starts a registry on a free port; returns when it responds.
     *
     * @throws EmbeddedServerException if it cannot be started
     */
    public static EmbeddedRegistry start() {
        return builder().start();
    }

    /** A builder for a registry with other settings. */
    public static EmbeddedRegistryBuilder builder() {
        return new EmbeddedRegistryBuilder();
    }

    /** The URL for clients of Confluent's schema registry: {@code http://127.0.0.1:20345/apis/ccompat/v7}. */
    public String url() {
        return RegistryLauncher.url(port());
    }
}
