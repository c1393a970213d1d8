package dev.carillon.bus.internal.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.internal.deadletter.Origin;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.UnpublishableException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterHandlerTest {

    private final Transport transport = new MemoryBroker()
            .prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();

    @Test
    void aDeadLetterThatTheBrokerWillNeverTakeIsNotRetriedForever() {
        IncomingMessage message = IncomingMessage.of(
                "steps",
                transport.position("0:7"),
                List.of(Header.of("type", "org.example.step")),
                "personal data".getBytes(UTF_8));
        OwnTopics own = new OwnTopics(List.of("steps"), "readers", transport::position);
        EventKeys keys = new EventKeys(ProducerConfig.EMPTY, Map.of(), new TopicNames(Optional.empty()), own);
        try (DeadLetterHandler handler = new DeadLetterHandler(
                storeThatTakesNothing(),
                List.of("steps"),
                "readers",
                KeyPolicy.CONTINUE,
                keys,
                transport,
                new ConsumerMetrics())) {

            assertThatThrownBy(() -> handler.undecodable(
                            new InFlightMessage(message, Origin.of(message, own), 0, 0),
                            new IllegalArgumentException("?")))
                    .isInstanceOf(FailureHandler.DeadLetterRefusedException.class)
                    .hasMessageContaining("steps@0:7 (13 bytes and 1 headers) of group readers")
                    .hasMessageNotContaining("personal");
        }
    }

    private MessageStore storeThatTakesNothing() {
        MessageStore inner = transport.store().orElseThrow();
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("put")) {
                        throw new UnpublishableException("too large", null);
                    }
                    return method.invoke(inner, arguments);
                });
    }
}
