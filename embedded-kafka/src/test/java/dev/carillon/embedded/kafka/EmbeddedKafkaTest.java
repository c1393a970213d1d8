package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.EmbeddedServerException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaTest {

    @Test
    void keepsItsMessagesWhenItIsKilledAndStartedAgainOnItsPort() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().partitions(1).start()) {
            int port = kafka.port();
            send(plain(kafka), "news", "one");

            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();
            kafka.restart();

            assertThat(kafka.port()).isEqualTo(port);
            send(plain(kafka), "news", "two");
            assertThat(read(plain(kafka), "news", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void makesTopicsOfAsManyPartitionsAsItIsTold() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().partitions(7).start();
                Admin admin = Admin.create(Map.copyOf(plain(kafka)))) {
            send(plain(kafka), "news", "one");

            assertThat(admin.describeTopics(Set.of("news"))
                            .allTopicNames()
                            .get()
                            .values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(7))
                    .isNotEmpty();
        }
    }

    @Test
    void letsInOnlyWhoHasKeyAndSecretWhenSecured() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .partitions(1)
                .secured("reader", "open sesame")
                .start()) {
            send(secured(kafka, "open sesame"), "news", "one");

            assertThat(read(secured(kafka, "open sesame"), "news", 1)).containsExactly("one");
            assertThatThrownBy(() -> send(secured(kafka, "open barley"), "news", "two"))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        try (EmbeddedKafka first = EmbeddedKafka.start()) {
            EmbeddedKafkaBuilder second = EmbeddedKafka.builder().port(first.port());

            assertThatThrownBy(second::start)
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("Port " + first.port() + " of 127.0.0.1 is taken");
        }
    }

    @Test
    void aPropertyThatItDoesNotUnderstandIsShownByTheEndOfItsLog() {
        EmbeddedKafkaBuilder wrong = EmbeddedKafka.builder().config("num.io.threads", "many");

        assertThatThrownBy(wrong::start)
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void refusesAConfigurationOfItsOwnConcern() {
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder();

        assertThatThrownBy(() -> builder.config("listeners", "PLAINTEXT://:1")).hasMessageContaining("see port()");
        assertThatThrownBy(() -> builder.partitions(0)).hasMessageContaining("at least 1, but was 0");
        assertThatThrownBy(() -> builder.port(70_000)).hasMessageContaining("from 1 to 65535, but was 70000");
    }

    private static Map<String, Object> plain(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static Map<String, Object> secured(EmbeddedKafka kafka, String secret) {
        Map<String, Object> properties = new HashMap<>(plain(kafka));
        properties.putAll(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"reader\" password=\""
                                + secret + "\";",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", kafka.caCertificate().toString()));
        return properties;
    }

    private static void send(Map<String, Object> properties, String topic, String text)
            throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            try {
                producer.send(new ProducerRecord<>(topic, text)).get(30, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                throw new AssertionError("No answer in 30 s", e);
            }
        }
    }

    private static List<String> read(Map<String, Object> properties, String topic, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            List<String> texts = new java.util.ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (texts.size() < count && System.nanoTime() < end) {
                StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                        .forEach(record -> texts.add(record.value()));
            }
            return texts;
        }
    }
}
