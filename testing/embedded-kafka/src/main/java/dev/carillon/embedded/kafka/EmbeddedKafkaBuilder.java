package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.EmbeddedServerException;
import dev.carillon.embedded.server.PortChoice;
import dev.carillon.embedded.server.ServerStart;
import dev.carillon.embedded.server.TlsFiles;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link EmbeddedKafka}. For one thread; can start several brokers if it leaves the port open. */
public final class EmbeddedKafkaBuilder {

    private static final Pattern OURS = Pattern.compile("(advertised\\.|broker\\.id|controller\\.|inter\\.broker|"
            + "listener|log\\.dir|metadata\\.log\\.dir|node\\.id|num\\.partitions|process\\.roles|sasl\\.|ssl\\.).*");

    private final Map<String, String> config = new LinkedHashMap<>();
    private int partitions = 3;
    private JavaCommand java = new JavaCommand(512, true);
    private @Nullable ApiKey apiKey;
    private PortChoice port = PortChoice.free();
    private @Nullable Integer advertisedPort;

    EmbeddedKafkaBuilder() {}

    /** The TCP port, 1 to 65535. Without it, a free port from 20000 to 32767 is found. */
    public EmbeddedKafkaBuilder port(int port) {
        this.port = PortChoice.of(port);
        return this;
    }

    /**
     * The port on 127.0.0.1 that the broker advertises to clients, 1 to 65535: that of a proxy to this broker. By default,
     * its own port.
     */
    public EmbeddedKafkaBuilder advertisedPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("advertisedPort must be from 1 to 65535, but was " + port);
        }
        this.advertisedPort = port;
        return this;
    }

    /** For tests of a port that is taken between choice and start. */
    EmbeddedKafkaBuilder freePorts(IntSupplier ports) {
        this.port = PortChoice.among(ports);
        return this;
    }

    /** The number of partitions of topics created without an explicit number; 3 by default. */
    public EmbeddedKafkaBuilder partitions(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but was " + partitions);
        }
        this.partitions = partitions;
        return this;
    }

    /**
     * Clients need TLS and this key: {@code SASL_SSL} with the mechanism {@code PLAIN}, the key as user name and the secret
     * as password. The certificate is for 127.0.0.1 and localhost, by an authority made for this broker.
     *
     * @param apiKey ASCII letters, digits, {@code _}, {@code -} and {@code .}
     * @param apiSecret any characters but control characters
     */
    public EmbeddedKafkaBuilder secured(String apiKey, String apiSecret) {
        this.apiKey = new ApiKey(apiKey, apiSecret);
        return this;
    }

    /**
     * For measurements: a JVM that compiles for throughput, and 2 GB of heap, which {@link #maxHeap} can change afterwards.
     * Without this it compiles for a quick start and has 512 MB.
     */
    public EmbeddedKafkaBuilder forThroughput() {
        this.java = new JavaCommand(2_048, false);
        return this;
    }

    /** The heap that the broker's JVM may use, in megabytes; at least 128. */
    public EmbeddedKafkaBuilder maxHeap(int megabytes) {
        if (megabytes < 128) {
            throw new IllegalArgumentException("maxHeap must be at least 128 MB, but was " + megabytes);
        }
        this.java = new JavaCommand(megabytes, java.quickStart());
        return this;
    }

    /**
     * Any other property of a broker, overriding what is set here: {@code config("message.max.bytes", "2000000")},
     * {@code config("auto.create.topics.enable", "false")}.
     */
    public EmbeddedKafkaBuilder config(String name, String value) {
        if (OURS.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot be set with config(): see port(), advertisedPort(), partitions() and secured()");
        }
        config.put(name, value);
        return this;
    }

    /**
     * Starts it and returns when it responds. That takes about 1 s; the first time on a machine it takes 3 s, see {@link
     * EmbeddedKafka}.
     *
     * @throws EmbeddedServerException if the port is taken, or the server exits during start: the message contains the last
     *     lines of its log
     */
    public EmbeddedKafka start() {
        return start(folder -> ServerFiles.of("Kafka", "broker", folder));
    }

    /** The same, with these files of the broker. */
    EmbeddedKafka start(ServerFiles files) {
        return start(folder -> files);
    }

    private EmbeddedKafka start(ServerFiles.Source source) {
        Map<String, String> more = Map.copyOf(config);
        return ServerStart.start("Kafka", port, folder -> {
            @Nullable TlsFiles tls = apiKey == null ? null : TlsFiles.create(folder.path(), Clock.systemUTC());
            BrokerSettings settings = new BrokerSettings(partitions, advertisedPort, apiKey, tls, more);
            ServerFiles files = source.in(folder.path());
            ClassArchive archive = ClassArchive.of(files, folder.path());
            return port -> new EmbeddedKafka(new KafkaLauncher(port, folder, files, archive, java, settings));
        });
    }
}
