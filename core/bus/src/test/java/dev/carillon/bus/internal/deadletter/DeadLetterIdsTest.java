package dev.carillon.bus.internal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.Examples;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLetterIdsTest {

    private static final OwnTopics OWN = new OwnTopics(List.of("steps"), "readers", Examples::position);

    private static IncomingMessage message(String topic, int partition, String eventId, byte[] key, String data) {
        return new IncomingMessage(
                topic,
                partition,
                Examples.position(partition + ":7"),
                List.of(Header.of("ce_type", "step"), Header.of("ce_id", eventId)),
                key,
                data.getBytes(UTF_8),
                0,
                null,
                null);
    }

    private static String idOf(IncomingMessage message) {
        return Origin.of(message, OWN).id(message);
    }

    @Test
    void oneMessageHasOneIdOf128BitsAlsoWhenItIsReplayed() {
        IncomingMessage message = message("steps", 1, "a", new byte[] {1}, "data");
        var replayed = DeadLetterHeaders.replayed(message, "readers", List.of());
        IncomingMessage again = new IncomingMessage(
                GroupTopics.retry("steps", "readers"),
                0,
                Examples.position("0:99"),
                replayed.headers(),
                replayed.key(),
                replayed.value(),
                0,
                null,
                null);

        assertThat(idOf(message))
                .matches("[0-9a-f]{32}")
                .isEqualTo(idOf(message("steps", 1, "a", new byte[] {1}, "data")));
        assertThat(idOf(again)).isEqualTo(idOf(message));
    }

    /** If the ids changed, a release would no longer find the dead letters that are stored already. */
    @Test
    void theIdIsAHashOfTheTextOfThePosition() {
        assertThat(idOf(message("steps", 1, "a", new byte[] {1}, "data")))
                .isEqualTo("32140b90e75fe1651d1ea32ffe6fad85");
    }

    @Test
    void aRetryMessageWhosePositionCannotBeParsedOriginatesInItsRetryTopic() {
        IncomingMessage sent = new IncomingMessage(
                GroupTopics.retry("steps", "readers"),
                0,
                Examples.position("0:99"),
                List.of(Header.of("carillon-topic", "steps"), Header.of("carillon-position", "1700000000000-0")),
                null,
                new byte[0],
                0,
                null,
                null);

        Origin origin = Origin.of(sent, OWN);

        assertThat(origin.topic()).isEqualTo("steps");
        assertThat(origin.position()).isEqualTo(Examples.position("0:99"));
        assertThat(origin.isRedriven()).isFalse();
    }

    @Test
    void anotherMessageAtTheSamePlaceHasAnotherId() {
        Set<String> ids = Set.of(
                idOf(message("steps", 1, "a", new byte[] {1}, "data")),
                idOf(message("steps", 1, "b", new byte[] {1}, "data")),
                idOf(message("steps", 1, "a", new byte[] {2}, "data")),
                idOf(message("steps", 1, "a", new byte[] {1}, "date")),
                idOf(message("steps", 2, "a", new byte[] {1}, "data")),
                idOf(message("other", 1, "a", new byte[] {1}, "data")));

        assertThat(ids).hasSize(6);
    }
}
