package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.DiagnosticChecks;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.AuthenticationException;

/** Checks that Kafka and the schema registry are ready for producers and consumers. */
final class KafkaChecks {

    private final AdminConnection connection;
    private final KafkaAdmin admin;
    private final SchemaRegistry registry;
    private final KafkaSettings settings;

    KafkaChecks(AdminConnection connection, KafkaAdmin admin, SchemaRegistry registry, KafkaSettings settings) {
        this.connection = connection;
        this.admin = admin;
        this.registry = registry;
        this.settings = settings;
    }

    List<Diagnostic> check(CheckSpec spec) {
        List<Diagnostic> checks = new ArrayList<>();
        if (isConnected(checks)) {
            List<String> topics = DiagnosticChecks.topics(spec, admin, checks);
            DiagnosticChecks.guarded(
                    "permissions", checks, () -> new TopicCheck(connection, spec).check(topics, checks));
            DiagnosticChecks.guarded(
                    "retention", checks, () -> new RetentionCheck(connection, admin).check(topics, checks));
            DiagnosticChecks.guarded(
                    "message size",
                    checks,
                    () -> new MessageSizeCheck(connection, spec, settings).check(topics, checks));
            new SchemaCheck(registry, spec).check(topics, checks);
        } else {
            new SchemaCheck(registry, spec).check(spec.topics(), checks);
        }
        return checks;
    }

    private boolean isConnected(List<Diagnostic> checks) {
        try {
            int brokers = connection
                    .call(
                            "return its brokers",
                            cluster -> cluster.describeCluster().nodes())
                    .size();
            String id = connection.call(
                    "return its id", cluster -> cluster.describeCluster().clusterId());
            checks.add(Diagnostic.ok(
                    "connection",
                    "Kafka cluster " + id + " is reachable, with " + brokers
                            + (brokers == 1 ? " broker" : " brokers")));
            return true;
        } catch (TransportException e) {
            checks.add(
                    e.getCause() instanceof AuthenticationException
                            ? Diagnostic.failed(
                                    "authentication",
                                    String.valueOf(e.getMessage()),
                                    "check " + KafkaSettings.API_KEY + ", " + KafkaSettings.API_SECRET + " and "
                                            + KafkaSettings.CLIENT_CONFIG)
                            : Diagnostic.failed(
                                    "connection",
                                    String.valueOf(e.getMessage()),
                                    "check that Kafka is running, and " + KafkaSettings.BOOTSTRAP_SERVERS));
            return false;
        }
    }
}
