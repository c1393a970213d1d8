package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.inspect;
import static dev.carillon.bus.redis.RedisFixture.numbers;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Messages whose data the engine has discarded to save memory are read again. */
class ReadAgainTest extends RedisIntegrationTest {

    @Test
    void messagesReadAgainAreTheSameAsBefore() {
        fixture.publish(topic, 20);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> first = poll(source, 20);

        List<IncomingMessage> again = source.readAgain(
                new Partition(topic, 0),
                first.subList(5, 15).stream().map(IncomingMessage::position).toList());

        assertThat(numbers(again)).containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(again.get(3).header("id")).isEqualTo("id-8");
        source.acknowledge(first);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void messagesTrimmedInTheMeantimeAreReportedOnceWithTheirNumberAndRange() {
        List<String> positions = fixture.publish(topic, 10);
        fixture.inspectingOnce();
        MessageSource source = fixture.source(topic);
        poll(source, 10);
        fixture.client().xtrim(topic, 6);

        assertThat(numbers(readAgain(source, positions))).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(numbers(readAgain(source, positions))).containsExactly(4, 5, 6, 7, 8, 9);

        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 4L));
        assertThat(fixture.incidents().get(0).detail()).contains(positions.get(0), positions.get(3));
    }

    @Test
    void inFlightMessagesThatAreTrimmedAreReportedAtTheNextInspection() {
        fixture.inspectingContinuously();
        List<String> positions = fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        poll(source, 10);
        fixture.client().xtrim(topic, 6);

        inspect(source);
        readAgain(source, positions);

        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 4L));
    }

    private List<IncomingMessage> readAgain(MessageSource source, List<String> positions) {
        List<Position> parsed =
                positions.stream().<Position>map(StreamId::parse).toList();
        return source.readAgain(new Partition(topic, 0), parsed);
    }
}
