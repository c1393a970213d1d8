package dev.carillon.testkit.contract;

import static dev.carillon.testkit.contract.ContractEvents.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.testkit.contract.ContractEvents.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine expects of a {@link MessageSource}. */
interface SourceContract extends ContractPart {

    @Test
    default void messagesReadAgainByPositionAreTheSameAsTheFirstTime() {
        List<Step> steps = steps(5, 30);
        fixture().publish(steps);
        List<GroupIncident> incidents = new ArrayList<>();
        RawSender raw = fixture().raw();
        try (MessageSource source = raw.source(fixture().topic(), "again", incidents::add)) {
            Map<Partition, List<IncomingMessage>> polled = read(source, steps.size());

            polled.forEach((partition, messages) -> {
                List<IncomingMessage> some = everyThird(messages);
                List<IncomingMessage> again = source.readAgain(
                        partition, some.stream().map(IncomingMessage::position).toList());

                assertThat(again).hasSameSizeAs(some);
                for (int i = 0; i < some.size(); i++) {
                    assertSame(again.get(i), some.get(i));
                }
            });
            assertThat(incidents).isEmpty();
            assertThat(source.poll(100, Duration.ofMillis(200)))
                    .as("messages read again are not polled")
                    .isEmpty();
        }
    }

    @Test
    default void positionsAreInOrderAlsoWhenTheyAreReadBackFromText() {
        List<String> sent = fixture().publish(steps(1, 12));
        RawSender raw = fixture().raw();
        try (MessageSource source = raw.source(fixture().topic(), "ordered", incident -> {})) {
            List<Position> positions = RawSender.read(fixture(), source, sent.size()).stream()
                    .map(IncomingMessage::position)
                    .toList();

            assertThat(positions).extracting(Position::toString).containsExactlyElementsOf(sent);
            for (int i = 0; i < positions.size(); i++) {
                Position parsed = raw.position(sent.get(i));
                assertThat(parsed).isEqualTo(positions.get(i)).hasSameHashCodeAs(positions.get(i));
                for (int j = 0; j < positions.size(); j++) {
                    assertThat(Integer.signum(positions.get(i).compareTo(positions.get(j))))
                            .as("%s compared with %s", positions.get(i), positions.get(j))
                            .isEqualTo(Integer.compare(i, j))
                            .isEqualTo(Integer.signum(parsed.compareTo(positions.get(j))));
                }
            }
        }
    }

    @Test
    default void aTextThatIsNoPositionIsRefused() {
        RawSender raw = fixture().raw();
        for (String text : List.of("", " ", "no position", "learner@example.org")) {
            assertThatThrownBy(() -> raw.position(text))
                    .as("position '%s'", text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Map<Partition, List<IncomingMessage>> read(MessageSource source, int count) {
        Map<Partition, List<IncomingMessage>> read = new LinkedHashMap<>();
        RawSender.read(fixture(), source, count)
                .forEach(message -> read.computeIfAbsent(
                                new Partition(message.topic(), message.partition()), absent -> new ArrayList<>())
                        .add(message));
        return read;
    }

    private static List<IncomingMessage> everyThird(List<IncomingMessage> messages) {
        List<IncomingMessage> some = new ArrayList<>();
        for (int i = 0; i < messages.size(); i += 3) {
            some.add(messages.get(i));
        }
        return some;
    }

    private static void assertSame(IncomingMessage again, IncomingMessage first) {
        assertThat(again.position()).isEqualTo(first.position());
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(again.dataStart()).isEqualTo(first.dataStart());
        assertThat(again.writerSchema()).isEqualTo(first.writerSchema());
        assertThat(headers(again)).isEqualTo(headers(first));
    }

    private static Map<String, String> headers(IncomingMessage message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> headers.put(header.name(), String.valueOf(message.header(header.name()))));
        return headers;
    }
}
