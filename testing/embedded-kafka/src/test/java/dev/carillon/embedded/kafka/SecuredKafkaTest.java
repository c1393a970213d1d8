package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {

    private static final String SECRET = "p@ss \\ w\"ord/ü'#;";

    private EmbeddedKafka kafka;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.builder().secured("key-1.A_b", SECRET).start();
    }

    @AfterAll
    void close() {
        kafka.close();
        assertThat(kafka.caCertificate().getParent()).doesNotExist();
    }

    @Test
    void servesWhoTrustsItsAuthorityAndKnowsTheSecret() throws Exception {
        Clients clients = trusting(SECRET);

        // the broker makes the topics of this and of the offsets as a client of itself
        clients.send("learning-course", "published");

        assertThat(clients.read("learning-course", 1)).containsExactly("published");
    }

    @Test
    void refusesAWrongSecret() {
        assertThatThrownBy(() -> trusting("guess").send("learning-course", "forged"))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void aClientThatDoesNotTrustTheAuthorityIsWarned() {
        Clients clients = Clients.of(kafka).with(login(SECRET));

        assertThatThrownBy(() -> clients.send("learning-course", "sent by a stranger"))
                .hasCauseInstanceOf(SslAuthenticationException.class);
    }

    private Clients trusting(String secret) {
        return Clients.of(kafka)
                .with(login(secret))
                .with(Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        kafka.caCertificate().toString()));
    }

    private static Map<String, Object> login(String secret) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"key-1.A_b\" "
                        + new ApiKey("x", secret).jaasOption("password") + ";");
    }
}
