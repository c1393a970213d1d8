package dev.carillon.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a sink and a source of this transport do while the broker is down, beyond the transport contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledBrokerTest {

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

    @Test
    void messagesCannotBeReadAgainUntilItIsBack() throws Exception {
        bench.admin()
                .createTopics(List.of(new NewTopic("away", Optional.of(1), Optional.empty())))
                .all()
                .get();
        try (Writer writer = new Writer(bench.settings())) {
            writer.round("away", 10, 0);
        }
        Settings settings = bench.settings(Map.of("default.api.timeout.ms", 5_000, "request.timeout.ms", 2_000));
        try (SourceBench reader = new SourceBench(settings, "away", "group")) {
            List<IncomingMessage> all = reader.read(10);
            List<Position> wanted = List.of(all.get(2).position(), all.get(7).position());
            bench.kafka().kill();
            try {
                assertThatThrownBy(() -> reader.source().readAgain(new Partition("away", 0), wanted))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("did not return messages of");
            } finally {
                bench.kafka().restart();
            }

            await("the broker to recover")
                    .atMost(Member.TIMEOUT)
                    .pollDelay(Duration.ZERO)
                    .ignoreExceptionsInstanceOf(TransportException.class)
                    .untilAsserted(() -> assertThat(reader.source().readAgain(new Partition("away", 0), wanted))
                            .extracting(IncomingMessage::position)
                            .isEqualTo(wanted));
            assertThat(reader.incidents()).isEmpty();
        }
    }
}
