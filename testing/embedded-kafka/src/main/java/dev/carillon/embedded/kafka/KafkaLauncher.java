package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.PortTakenException;
import dev.carillon.embedded.server.ServerFolder;
import dev.carillon.embedded.server.ServerProcess;
import dev.carillon.embedded.server.StartFailures;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the process of a broker.
 */
record KafkaLauncher(
        int port,
        ServerFolder folder,
        ServerFiles files,
        ClassArchive archive,
        JavaCommand java,
        BrokerSettings settings)
        implements Supplier<ServerProcess> {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String MAIN = "dev.carillon.embedded.kafka.broker.BrokerMain";

    /** Only the broker itself uses its controller port: each start takes a free one. */
    @Override
    public ServerProcess get() {
        return PortChoice.free().start(this::launch);
    }

    private ServerProcess launch(int controllerPort) {
        String name = "Kafka on port " + port;
        try {
            return ServerProcess.start(name, folder, command(controllerPort), START_TIMEOUT, this::serves);
        } catch (IOException e) {
            throw StartFailures.cannotStart(name, e);
        } catch (EmbeddedServerException e) {
            throw isTaken(port)
                    ? new PortTakenException(port, e)
                    : isTaken(controllerPort) ? new PortTakenException(controllerPort, e) : e;
        }
    }

    private List<String> command(int controllerPort) throws IOException {
        Path properties = folder.path().resolve("server.properties");
        try (OutputStream file = Files.newOutputStream(properties)) {
            settings.properties(port, controllerPort, folder.path().resolve("data"))
                    .store(file, null);
        }
        return java.with(
                folder.path(),
                archive,
                List.of(
                        "-Dorg.slf4j.simpleLogger.logFile=System.out",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.log.kafka.server=info",
                        "-cp",
                        classPath(),
                        MAIN,
                        properties.toString(),
                        ready().toString()));
    }

    /** In a fixed order, which archived classes require. */
    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(files.folder())) {
            return jars.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private Path ready() {
        return folder.path().resolve("ready");
    }

    /** The broker writes its process id when it is ready; a file of an earlier start has another id. */
    private boolean serves(long pid) throws IOException {
        return Files.exists(ready()) && Files.readString(ready()).equals(Long.toString(pid));
    }

    private boolean isTaken(int port) {
        return folder.hasLogged("failed to bind to 127.0.0.1:" + port + ":");
    }
}
