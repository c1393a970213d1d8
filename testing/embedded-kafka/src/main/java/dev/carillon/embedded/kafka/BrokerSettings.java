package dev.carillon.embedded.kafka;

import dev.carillon.embedded.server.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a broker that is its own controller and the only node.
 *
 * @param advertisedPort the port reported to clients; null for the broker's own
 * @param apiKey the key of permitted clients; null for unrestricted access without TLS
 * @param tls the broker's certificate if there is an API key
 * @param more additional properties set by the user
 */
record BrokerSettings(
        int partitions,
        @Nullable Integer advertisedPort,
        @Nullable ApiKey apiKey,
        @Nullable TlsFiles tls,
        Map<String, String> more) {

    /** Settings for a single node in tests: no replicas, no delays for elections and rebalancing, and little memory. */
    private static final Map<String, String> SMALL_AND_QUICK = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "true"),
            Map.entry("broker.heartbeat.interval.ms", "200"),
            Map.entry("broker.session.timeout.ms", "1000"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "100"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"));

    /** All properties, for these ports and data folder. */
    Properties properties(int port, int controllerPort, Path data) throws IOException {
        Properties all = new Properties();
        all.putAll(SMALL_AND_QUICK);
        all.putAll(more);
        all.setProperty("num.partitions", Integer.toString(partitions));
        all.setProperty("process.roles", "broker,controller");
        all.setProperty("node.id", "1");
        all.setProperty("log.dirs", data.toString());
        all.setProperty("listeners", "CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        all.setProperty(
                "advertised.listeners", "CLIENT://127.0.0.1:" + (advertisedPort == null ? port : advertisedPort));
        all.setProperty("inter.broker.listener.name", "CLIENT");
        all.setProperty("controller.listener.names", "CONTROLLER");
        all.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.setProperty(
                "listener.security.protocol.map",
                "CLIENT:%s,CONTROLLER:PLAINTEXT".formatted(tls == null ? "PLAINTEXT" : "SASL_SSL"));
        if (apiKey != null && tls != null) {
            secure(all, apiKey, tls);
        }
        return all;
    }

    /** The broker is a client of itself, with its own name and secret. */
    private static void secure(Properties all, ApiKey apiKey, TlsFiles tls) throws IOException {
        ApiKey itself = new ApiKey("carillon-broker", UUID.randomUUID().toString());
        all.setProperty("sasl.enabled.mechanisms", "PLAIN");
        all.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
        all.setProperty(
                "listener.name.client.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" %s %s %s;"
                        .formatted(
                                itself.key(),
                                itself.jaasOption("password"),
                                itself.jaasOption("user_" + itself.key()),
                                apiKey.jaasOption("user_" + apiKey.key())));
        all.setProperty("ssl.keystore.type", "PEM");
        all.setProperty("ssl.keystore.certificate.chain", Files.readString(tls.certificate()));
        all.setProperty("ssl.keystore.key", Files.readString(tls.key()));
        all.setProperty("ssl.truststore.type", "PEM");
        all.setProperty("ssl.truststore.certificates", Files.readString(tls.caCertificate()));
    }
}
