package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cluster that wants a key and a secret, over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {

    private KafkaBench bench;

    @BeforeAll
    void startKafka() {
        bench = new KafkaBench(() -> EmbeddedKafka.builder()
                .secured("reader", "open \"sesame\" \\ please")
                .start());
    }

    @AfterAll
    void stopKafka() {
        bench.close();
    }

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
    void keyAndSecretLetBothSidesIn() {
        try (Writer writer = new Writer(settings("open \"sesame\" \\ please"));
                Member member = Member.of(settings("open \"sesame\" \\ please"), "steps", "group")) {
            writer.round("steps", 3, 0);

            assertThat(member.awaitSteps(3).steps()).hasSize(3);
        }
    }

    @Test
    void aWrongSecretIsToldWithTheSettingsNamesAndNotShown() {
        try (Writer writer = new Writer(settings("open barley"))) {
            assertThatThrownBy(() -> writer.send("steps", new Step("ada", 1)).join())
                    .hasStackTraceContaining("check EVENT_BUS_KAFKA_API_KEY and EVENT_BUS_KAFKA_API_SECRET")
                    .satisfies(failure -> assertThat(failure.toString()).doesNotContain("barley"));
        }
    }
}
