package dev.carillon.embedded.kafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The main class of a broker's process: one node, broker and controller.
 *
 * <p>Its arguments are the properties of the broker, and a file into which it writes its process id when it is ready.
 * Errors are written to standard output and end the process.
 */
final class BrokerMain {

    private BrokerMain() {}

    /** Runs until the process receives a signal. */
    public static void main(String[] args) {
        try {
            run(Path.of(args[0]), Path.of(args[1]));
        } catch (Throwable e) {
            e.printStackTrace(System.out);
            // the broker has started threads that would keep this process alive
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path propertiesFile, Path ready) throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(propertiesFile)) {
            properties.load(file);
        }
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        if (!Files.exists(Path.of(config.metadataLogDir(), "meta.properties"))) {
            format(propertiesFile);
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        server.awaitShutdown();
    }

    /** Makes the storage of a new cluster. */
    private static void format(Path propertiesFile) {
        List<String> command =
                List.of("format", "--cluster-id", Uuid.randomUuid().toString(), "--config", propertiesFile.toString());
        int status = StorageTool.execute(command.toArray(String[]::new), System.out);
        if (status != 0) {
            throw new IllegalStateException("the storage cannot be formatted, status " + status);
        }
    }
}
