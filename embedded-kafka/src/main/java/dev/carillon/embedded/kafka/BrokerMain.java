package dev.carillon.embedded.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The broker's process: formats its storage where that is new, starts, and says that it is ready by a file with its id. */
final class BrokerMain {

    /** The same each time, as a storage belongs to one cluster for ever. */
    private static final Uuid CLUSTER = new Uuid(4_242, 4_242);

    private BrokerMain() {}

    /** The properties file, and the file to write when the broker serves. */
    @SuppressWarnings("CatchingUnchecked") // whatever fails ends the process, also where threads were started before
    public static void main(String[] args) {
        try {
            run(Path.of(args[0]), Path.of(args[1]));
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path config, Path ready) throws IOException {
        int status = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "-t", CLUSTER.toString(), "-c", config.toString()},
                System.out);
        if (status != 0) {
            throw new IllegalStateException("the storage was not formatted");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        server.awaitShutdown();
    }
}
