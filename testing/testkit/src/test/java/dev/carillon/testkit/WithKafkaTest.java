package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.config.Settings;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import dev.carillon.testkit.contract.BrokerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Uses the extension as a service's tests do. */
@Tag("thorough")
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithKafkaTest {

    private final Set<String> urls = new HashSet<>();
    private final Set<Object> prefixes = new HashSet<>();

    @RepeatedTest(2)
    void aClassHasOneBrokerAndOneRegistryAndEachTestItsOwnTopics(
            EmbeddedKafka kafka, EmbeddedRegistry registry, Settings settings, Settings sameSettings) throws Exception {
        assertThat(kafka.isRunning()).isTrue();
        assertThat(statusOf(registry)).isEqualTo(200);
        assertThat(settings).isSameAs(sameSettings);
        assertThat(settings.value("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS")).contains(kafka.bootstrapServers());
        assertThat(settings.value("EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL")).contains(registry.url());
        assertThat(settings.value("EVENT_BUS_PRODUCER")).contains("kafka");
        assertThat(settings.value("EVENT_BUS_CONSUMER")).contains("kafka");
        assertThat(prefixes.add(settings.value("EVENT_BUS_TOPIC_PREFIX").orElseThrow()))
                .isTrue();
        urls.add(kafka.bootstrapServers() + registry.url());
    }

    @Test
    void anEmbeddedServerCanBeUsedAsABrokerProcess(EmbeddedKafka kafka) {
        long pid = kafka.pid();
        BrokerProcess process = BrokerProcess.of(kafka);

        process.pause();
        assertThat(kafka.isRunning()).isTrue();
        process.resume();
        process.kill();
        assertThat(kafka.isRunning()).isFalse();
        process.restart();

        assertThat(kafka.isRunning()).isTrue();
        assertThat(kafka.pid()).isNotEqualTo(pid);
    }

    @AfterAll
    void oneBrokerAndOneRegistryWereStarted(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        assertThat(urls).containsExactly(kafka.bootstrapServers() + registry.url());
    }

    private static int statusOf(EmbeddedRegistry registry) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registry.url() + "/subjects"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
