package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster with SASL PLAIN over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnBroker(() -> EmbeddedKafka.builder()
            .secured("reader", "right \"secret\" \\ quoted")
            .start());

    private Settings settings(String secret) {
        return bench.settings(Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        bench.kafka().caCertificate().toString()))
                .with(KafkaSettings.API_KEY, "reader")
                .with(KafkaSettings.API_SECRET, secret);
    }

    @Test
    void producerAndConsumerAuthenticate() {
        try (Writer writer = new Writer(settings("right \"secret\" \\ quoted"));
                Member member = Member.of(settings("right \"secret\" \\ quoted"), "steps", "group")) {
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
}
