package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.BusAdmin;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster with SASL PLAIN over TLS, and with ACLs. Resources without ACLs are open to everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {

    private static final String USER = "User:reader";
    private static final String SECRET = "right \"secret\" \\ quoted";

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnBroker(() -> EmbeddedKafka.builder()
            .secured("reader", SECRET)
            .config("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .config("super.users", "User:ANONYMOUS;User:carillon-broker")
            .config("allow.everyone.if.no.acl.found", "true")
            .start());

    @BeforeAll
    void createTopicsAndRules() throws Exception {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.put("bootstrap.servers", bench.kafka().bootstrapServers());
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"reader\""
                        + " password=\"right \\\"secret\\\" \\\\ quoted\";");
        try (Admin admin = Admin.create(properties)) {
            List<NewTopic> topics = new ArrayList<>();
            for (String topic : List.of("free", "read-only", "others")) {
                topics.add(new NewTopic(topic, 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
            admin.createAcls(List.of(
                            acl(ResourceType.TOPIC, "read-only", USER, AclOperation.READ),
                            acl(ResourceType.TOPIC, "others", "User:somebody", AclOperation.READ),
                            acl(ResourceType.GROUP, "others", "User:somebody", AclOperation.READ)))
                    .all()
                    .get();
        }
    }

    private static AclBinding acl(ResourceType type, String name, String user, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW));
    }

    private Map<String, Object> tls() {
        return Map.of(
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                bench.kafka().caCertificate().toString());
    }

    private Settings settings(String secret) {
        return bench.settings(tls()).with(KafkaSettings.API_KEY, "reader").with(KafkaSettings.API_SECRET, secret);
    }

    private List<Diagnostic> check(String secret, String topic, Optional<String> group) {
        try (EventBus bus = EventBus.open(settings(secret), Step.events("operator"), new KafkaTransportProvider());
                BusAdmin admin = bus.admin()) {
            return admin.check(List.of(topic), group);
        }
    }

    private List<Diagnostic> permissions(String topic, Optional<String> group) {
        return check(SECRET, topic, group).stream()
                .filter(check -> check.subject().equals("permissions"))
                .toList();
    }

    @Test
    void producerAndConsumerAuthenticate() {
        try (Writer writer = new Writer(settings(SECRET));
                Member member = Member.of(settings(SECRET), "steps", "group")) {
            writer.round("steps", 3, 0);

            assertThat(member.awaitSteps(3).steps()).hasSize(3);
        }
    }

    @Test
    void aWrongSecretIsReportedWithTheSettingsNamesAndNotShown() {
        try (Writer writer = new Writer(settings("wrong secret"))) {
            assertThatThrownBy(() -> writer.send("steps", new Step("ada", 1)).join())
                    .hasStackTraceContaining("check EVENT_BUS_KAFKA_API_KEY and EVENT_BUS_KAFKA_API_SECRET")
                    .satisfies(failure -> assertThat(failure.toString()).doesNotContain("wrong secret"));
        }
    }

    @Test
    void checkReportsGrantedPermissions() {
        assertThat(permissions("free", Optional.empty()))
                .containsExactly(Diagnostic.ok("permissions", "topic free: can be published to and consumed"));
    }

    @Test
    void aMissingPermissionIsAWarningUnlessItIsNeeded() {
        assertThat(permissions("read-only", Optional.empty()))
                .containsExactly(Diagnostic.warning(
                        "permissions",
                        "topic read-only: cannot be published to: missing permission for Write; can be consumed",
                        "grant the missing permission with an ACL"));
    }

    @Test
    void forbiddenTopicsAndGroupsFailTheCheck() {
        assertThat(permissions("others", Optional.of("others")))
                .extracting(Diagnostic::status)
                .containsExactly(Diagnostic.Status.FAILED, Diagnostic.Status.FAILED);
    }

    @Test
    void aWrongSecretFailsAuthenticationAndIsNotShown() {
        List<Diagnostic> checks = check("wrong secret", "free", Optional.empty());

        assertThat(checks.get(0).status()).isEqualTo(Diagnostic.Status.FAILED);
        assertThat(checks.get(0).subject()).isEqualTo("authentication");
        assertThat(checks.get(0).detail())
                .contains(KafkaSettings.API_KEY, KafkaSettings.API_SECRET)
                .doesNotContain("wrong secret");
    }
}
