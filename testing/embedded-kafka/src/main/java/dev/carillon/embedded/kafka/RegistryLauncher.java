package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortTakenException;
import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.embedded.server.ServerProcess;
import dev.carillon.embedded.server.StartFailures;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Starts the process of a registry.
 */
record RegistryLauncher(int port, ServerFolder folder, Path program, ClassArchive archive, List<String> options)
        implements Supplier<ServerProcess> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int TIMEOUT_MILLIS = 2_000;

    /** A header of every response. */
    private static final String START = "X-Carillon-Start";

    static String url(int port) {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    @Override
    public ServerProcess get() {
        String name = "Registry on port " + port;
        String start = UUID.randomUUID().toString();
        try {
            return ServerProcess.start(name, folder, command(start), START_TIMEOUT, pid -> responds(start));
        } catch (IOException e) {
            throw StartFailures.cannotStart(name, e);
        } catch (EmbeddedServerException e) {
            throw folder.hasLogged("Port " + port + " seems to be in use") ? new PortTakenException(port, e) : e;
        }
    }

    private List<String> command(String start) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.header.\"" + START + "\".value=" + start,
                "-jar",
                program.toString()));
        return new JavaCommand(256, true).with(folder.path(), archive, arguments);
    }

    /** The header distinguishes this start of this server from another server on the port. */
    private boolean responds(String start) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url(port) + "/subjects").toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() > 0 && start.equals(connection.getHeaderField(START));
        } finally {
            connection.disconnect();
        }
    }
}
