package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.MethodSource;

/** Untrusted messages through a consumer: delivered, skipped or dead-lettered, and never lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("thorough")
class DeliveryFuzzTest {

    /** The broker in memory keeps every message: it is recreated before it is full. */
    private static final int MESSAGES_OF_A_BROKER = 5_000;

    private Service service = new Service().consuming();
    private int messages;

    @AfterAll
    void stop() {
        service.close();
    }

    private Service service() {
        if (++messages % MESSAGES_OF_A_BROKER == 0) {
            service.close();
            service = new Service().consuming();
        }
        return service;
    }

    static Stream<byte[]> messages() {
        return Recorded.oneOfEachType().map(WireMessage::of).map(WireMessage::write);
    }

    /** An input is a {@link WireMessage}. */
    @MethodSource("messages")
    @FuzzTest
    void messagesOfATopic(byte[] bytes) {
        assertAccountedFor(Service.TOPIC, WireMessage.read(new Input(bytes)));
    }

    static Stream<byte[]> redriven() {
        return Recorded.oneOfEachType().map(WireMessage::of).map(DeliveryFuzzTest::redriven);
    }

    private static byte[] redriven(RawMessage message) {
        List<Header> headers = new ArrayList<>(message.headers());
        headers.add(Header.of("carillon-id", "0123456789ab"));
        headers.add(Header.of("carillon-place", "0:7"));
        headers.add(Header.of("carillon-topic", Service.TOPIC));
        headers.add(Header.of("carillon-partition", "0"));
        headers.add(Header.of("carillon-position", "0:12"));
        headers.add(Header.of("carillon-attempts", "5"));
        headers.add(Header.of("carillon-first-failed", "2024-01-02T03:04:05Z"));
        headers.add(Header.of("carillon-receivers", ""));
        return WireMessage.write(new RawMessage(headers, message.key(), message.value()));
    }

    /** An input is a {@link WireMessage}. */
    @MethodSource("redriven")
    @FuzzTest
    void messagesOfARetryTopic(byte[] bytes) {
        assertAccountedFor(Service.RETRY, WireMessage.read(new Input(bytes)));
    }

    /** Each message has exactly one outcome. A dead letter is listed, contains the message and can be discarded. */
    private void assertAccountedFor(String topic, RawMessage message) {
        Service reader = service();
        ConsumerCounts before = reader.handle(topic, message);
        ConsumerCounts after = reader.counts();
        @Nullable Event<?> heard = reader.lastHeard();
        long delivered = after.delivered() - before.delivered();
        long dead = after.deadLettered() - before.deadLettered();
        long skipped = after.unknownType() - before.unknownType() + after.withoutReceiver() - before.withoutReceiver();
        assertThat(delivered + dead + skipped).as("what became of it").isEqualTo(1);
        assertThat(after.brokerErrors()).isEqualTo(before.brokerErrors());
        if (heard != null) {
            assertThat(heard.metadata().eventType()).isEqualTo(heard.signal().eventType());
        }
        if (dead == 1) {
            DeadLetter deadLetter = reader.deadLetters().list().get(0);
            assertThat(reader.valueOf(deadLetter)).isEqualTo(message.value());
            reader.deadLetters().discard(List.of(deadLetter));
            assertThat(reader.deadLetters().list()).isEmpty();
        }
    }
}
