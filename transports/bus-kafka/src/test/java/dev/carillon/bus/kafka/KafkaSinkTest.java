package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that Kafka does not accept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaSinkTest {

    @RegisterExtension
    private final KafkaBench bench = KafkaBench.withOwnBroker();

    @Test
    void exceptionsAreTranslatedOutsideTheProducersNetworkThread() {
        SettingsReader reader = new SettingsReader(bench.settings(Map.of(
                "delivery.timeout.ms", 3_000, "request.timeout.ms", 1_000, "max.block.ms", 1_000, "linger.ms", 0)));
        var prepared = new KafkaTransportProvider().prepare(reader, Optional.empty());
        reader.finish();
        OutgoingMessage message =
                new OutgoingMessage("unsent", "org.carillon.unsent.v1", List.of(), null, new byte[] {0}, "\"string\"");
        try (Transport transport = prepared.get();
                MessageSink sink = transport.sink()) {
            await("the topic to be created")
                    .atMost(Member.TIMEOUT)
                    .untilAsserted(() -> assertThat(sink.send(message)).succeedsWithin(Member.TIMEOUT));
            bench.kafka().kill();

            CompletableFuture<String> sent = sink.send(message);
            CompletableFuture<String> thread =
                    sent.handle((position, failure) -> Thread.currentThread().getName());

            assertThatThrownBy(sent::join).hasMessageContaining("cannot connect");
            assertThat(thread.join()).doesNotStartWith("kafka-producer-network-thread");
        } finally {
            bench.kafka().restart();
        }
    }
}
