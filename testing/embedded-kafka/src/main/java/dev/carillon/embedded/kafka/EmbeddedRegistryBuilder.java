package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.ServerStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Sets up an {@link EmbeddedRegistry}. For one thread; can start several registries if it leaves the port open. */
public final class EmbeddedRegistryBuilder {

    private static final Set<String> OURS =
            Set.of("quarkus.datasource.jdbc.url", "quarkus.http.host", "quarkus.http.port");

    private final Map<String, String> config = new LinkedHashMap<>();
    private PortChoice port = PortChoice.free();

    EmbeddedRegistryBuilder() {}

    /** The TCP port, 1 to 65535. Without it, a free port from 20000 to 32767 is found. */
    public EmbeddedRegistryBuilder port(int port) {
        this.port = PortChoice.of(port);
        return this;
    }

    /**
     * Any other property of Apicurio Registry or of Quarkus, overriding what is set here:
     * {@code config("registry.auth.enabled", "true")}.
     */
    public EmbeddedRegistryBuilder config(String name, String value) {
        if (OURS.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be set with config(): see port()");
        }
        config.put(name, value);
        return this;
    }

    /**
     * Starts it and returns when it responds. That takes about 2.5 s; the first time on a machine it takes 5 s, see {@link
     * EmbeddedRegistry}.
     *
     * @throws EmbeddedServerException if the port is taken, or the server exits during start: the message contains the last
     *     lines of its log
     */
    public EmbeddedRegistry start() {
        return start(folder -> ServerFiles.of("Registry", "registry", folder));
    }

    /** The same, with these files of the registry. */
    EmbeddedRegistry start(ServerFiles files) {
        return start(folder -> files);
    }

    private EmbeddedRegistry start(ServerFiles.Source source) {
        return ServerStart.start("Registry", port, folder -> {
            ServerFiles files = source.in(folder.path());
            Path program = program(files);
            ClassArchive archive = ClassArchive.of(files, folder.path());
            List<String> options = options(folder.path());
            return port -> new EmbeddedRegistry(new RegistryLauncher(port, folder, program, archive, options));
        });
    }

    private static Path program(ServerFiles files) throws IOException {
        try (Stream<Path> entries = Files.list(files.folder())) {
            return entries.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no runner in " + files.folder()));
        }
    }

    private List<String> options(Path folder) {
        Map<String, String> all = new LinkedHashMap<>();
        // twenty connections are its default
        all.put("quarkus.datasource.jdbc.initial-size", "1");
        all.put("quarkus.datasource.jdbc.min-size", "1");
        all.putAll(config);
        // in memory is its default; without delay, each transaction is written before the response
        all.put("quarkus.datasource.jdbc.url", "jdbc:h2:file:" + folder.resolve("schemas") + ";WRITE_DELAY=0");
        List<String> options = new ArrayList<>();
        all.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return options;
    }
}
