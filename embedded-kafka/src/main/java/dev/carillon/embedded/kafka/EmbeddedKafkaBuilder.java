package dev.carillon.embedded.kafka;

import dev.carillon.embedded.EmbeddedServerException;
import dev.carillon.embedded.internal.Ports;
import dev.carillon.embedded.internal.ServerFolder;
import dev.carillon.embedded.internal.StartFailures;
import dev.carillon.embedded.internal.TlsFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link EmbeddedKafka}. For one thread; can start several brokers if it leaves the port open. */
public final class EmbeddedKafkaBuilder {

    static final String READY_FILE = "ready";

    private static final String CONFIG_FILE = "server.properties";
    private static final int DEFAULT_PARTITIONS = 3;

    private final Map<String, String> config = new HashMap<>();
    private int port;
    private int partitions = DEFAULT_PARTITIONS;
    private boolean throughput;
    private @Nullable String loginModule;

    EmbeddedKafkaBuilder() {}

    /** The TCP port, 1 to 65535. Without it, a free port from 20000 to 32767 is found. */
    public EmbeddedKafkaBuilder port(int port) {
        this.port = Ports.checked(port);
        return this;
    }

    /** How many partitions a topic has that is made at its first use; 3, unless told. */
    public EmbeddedKafkaBuilder partitions(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but was " + partitions);
        }
        this.partitions = partitions;
        return this;
    }

    /**
     * Clients must log in with this key and secret, by SASL PLAIN over TLS, as in hosted clusters. The certificate is for
     * 127.0.0.1 and localhost, by an authority made for this broker.
     */
    public EmbeddedKafkaBuilder secured(String apiKey, String apiSecret) {
        if (!apiKey.matches("[A-Za-z0-9_-]+") || apiSecret.contains("\"") || apiSecret.contains("\n")) {
            throw new IllegalArgumentException(
                    "The key must be letters, digits, _ and -, and the secret one line without quotes");
        }
        this.loginModule = "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + apiKey + "=\""
                + apiSecret.replace("\\", "\\\\") + "\";";
        return this;
    }

    /** Takes longer to start and more memory, and is quick then: for measurements. */
    public EmbeddedKafkaBuilder forThroughput() {
        this.throughput = true;
        return this;
    }

    /**
     * Any other property of the broker, overriding what is set here.
     *
     * @param value as the properties file has it: {@code config("message.max.bytes", "1000")}
     */
    public EmbeddedKafkaBuilder config(String name, String value) {
        if (name.contains("listener")
                || List.of("process.roles", "node.id", "log.dirs").contains(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be set with config(): see port() and secured()");
        }
        config.put(name, value);
        return this;
    }

    /**
     * Starts it and returns when it serves, after two to three seconds.
     *
     * @throws EmbeddedServerException if the port is taken, or the broker ends at start: the message has the last lines of its
     *     log
     */
    public EmbeddedKafka start() {
        @Nullable ServerFolder folder = null;
        @Nullable EmbeddedKafka kafka = null;
        try {
            ServerFolder made = ServerFolder.create("kafka");
            folder = made;
            @Nullable TlsFiles tls = loginModule == null ? null : TlsFiles.create(made.path(), Clock.systemUTC());
            List<String> command = command(made.path());
            kafka = Ports.start(port, Ports::random, port -> {
                writeConfig(made.path(), port, tls);
                return new EmbeddedKafka(port, made, command, tls);
            });
            return kafka;
        } catch (IOException | UncheckedIOException e) {
            throw StartFailures.cannotStart("Kafka", e);
        } finally {
            if (folder != null && kafka == null) {
                folder.close();
            }
        }
    }

    private List<String> command(Path folder) throws IOException {
        List<String> command = new ArrayList<>(Distribution.java());
        command.addAll(
                throughput
                        ? List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC")
                        : List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-cp");
        command.add(Distribution.ownClasses() + File.pathSeparator + Distribution.folder("broker", folder)
                + File.separator + "*");
        command.addAll(List.of(BrokerMain.class.getName(), CONFIG_FILE, READY_FILE));
        return command;
    }

    private void writeConfig(Path folder, int port, @Nullable TlsFiles tls) {
        int controller = Ports.random();
        int internal = Ports.random();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "controller.listener.names",
                "CONTROLLER",
                "inter.broker.listener.name",
                "INTERNAL",
                "listeners",
                "CLIENT://127.0.0.1:%d,INTERNAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, internal, controller),
                "advertised.listeners",
                "CLIENT://127.0.0.1:%d,INTERNAL://127.0.0.1:%d".formatted(port, internal),
                "listener.security.protocol.map",
                "CLIENT:%s,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT".formatted(tls == null ? "PLAINTEXT" : "SASL_SSL"),
                "log.dirs",
                folder.resolve("data").toString()));
        // A broker that was killed is missed, and taken back, at once.
        properties.putAll(Map.of(
                "broker.session.timeout.ms", "1000",
                "broker.heartbeat.interval.ms", "200",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000"));
        properties.putAll(Map.of(
                "num.partitions", Integer.toString(partitions),
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "log.cleaner.dedupe.buffer.size", "4194304"));
        if (tls != null) {
            properties.putAll(Map.of(
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "listener.name.client.plain.sasl.jaas.config",
                    String.valueOf(loginModule),
                    "ssl.keystore.type",
                    "PEM",
                    "ssl.keystore.location",
                    keyStore(folder, tls).toString()));
        }
        properties.putAll(config);
        try (Writer writer = Files.newBufferedWriter(folder.resolve(CONFIG_FILE))) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kafka wants key and certificate in one file. */
    private static Path keyStore(Path folder, TlsFiles tls) {
        try {
            return Files.writeString(
                    folder.resolve("keystore.pem"), Files.readString(tls.key()) + Files.readString(tls.certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
