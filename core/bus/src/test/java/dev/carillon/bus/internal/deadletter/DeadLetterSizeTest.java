package dev.carillon.bus.internal.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetter.Cause;
import dev.carillon.bus.deadletter.DeadLetter.Kind;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.UnpublishableException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A broker that limits the size of messages, and dead letters that are larger than what they are made of. */
class DeadLetterSizeTest {

    private static final String LONG_TEXT = "no database ".repeat(80);

    private final Transport transport = new MemoryBroker()
            .prepare(new SettingsReader(Settings.of(Map.of())), Optional.empty())
            .get();

    private DeadLetterStore limitedTo(int bytes) {
        return new DeadLetterStore(limited(bytes), transport, "steps", "readers");
    }

    /** A store that takes no message larger than this. */
    private MessageStore limited(int bytes) {
        MessageStore inner = transport.store().orElseThrow();
        return (MessageStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MessageStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("put") && size((RawMessage) arguments[3]) > bytes) {
                        throw new UnpublishableException("too large", null);
                    }
                    return method.invoke(inner, arguments);
                });
    }

    private static int size(RawMessage message) {
        return message.value().length
                + message.headers().stream()
                        .mapToInt(header -> header.name().length() + header.value().length)
                        .sum();
    }

    private static int sizeOf(DeadLetterHeaders.Detail detail) {
        return size(DeadLetterHeaders.stored(deadLetter(), message(), detail));
    }

    private static DeadLetter deadLetter() {
        return new DeadLetter(
                "0123456789abcdef0123456789abcdef",
                "steps",
                "",
                0,
                "0:7",
                "readers",
                "org.example.step",
                "3ae1ab0e-ba5e-11ee-9a2b-0242ac130005",
                "ada",
                new Cause(Kind.FAILED, "java.sql.SQLException", LONG_TEXT, List.of("hurdler")),
                3,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                "");
    }

    private static RawMessage message() {
        return new RawMessage(
                List.of(Header.of("type", "org.example.step"), Header.of("id", "3ae1ab0e-ba5e-11ee-9a2b-0242ac130005")),
                new byte[] {3, 1},
                new byte[] {1, 2, 3});
    }

    private static DeadLetter keptBy(DeadLetterStore deadLetters) {
        deadLetters.put(deadLetter(), message());
        return deadLetters.list().get(0);
    }

    @Test
    void theCauseIsCutFirst() {
        DeadLetter kept = keptBy(limitedTo(sizeOf(DeadLetterHeaders.Detail.ALL) - 1));

        assertThat(kept.cause().text()).isEqualTo(LONG_TEXT.substring(0, 100));
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("cause.text", "place")
                .isEqualTo(deadLetter());
    }

    @Test
    void thenWhatTheMessageItselfSaysIsLeftOut() {
        DeadLetterStore deadLetters = limitedTo(sizeOf(DeadLetterHeaders.Detail.SHORT_CAUSE) - 1);

        DeadLetter kept = keptBy(deadLetters);

        assertThat(kept.cause().text()).isEmpty();
        assertThat(deadLetters.message(kept))
                .hasValueSatisfying(
                        whole -> assertThat(whole).usingRecursiveComparison().isEqualTo(message()));
        assertThat(kept)
                .usingRecursiveComparison()
                .ignoringFields("cause.text", "place")
                .isEqualTo(deadLetter());
    }

    @Test
    void whatWillNeverFitIsSaidAtOnce() {
        DeadLetterStore deadLetters = limitedTo(sizeOf(DeadLetterHeaders.Detail.LEAST) - 1);

        assertThatThrownBy(() -> deadLetters.put(deadLetter(), message())).isInstanceOf(UnpublishableException.class);
        assertThat(deadLetters.list()).isEmpty();
    }
}
