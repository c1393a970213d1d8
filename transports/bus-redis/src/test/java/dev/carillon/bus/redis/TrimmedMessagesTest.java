package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.inspect;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Messages that were trimmed before the group had read them are counted, and reported once. */
class TrimmedMessagesTest extends GroupIncidentTestBase {

    @Test
    void messagesTrimmedWhileNoConsumerRanAreCountedAtStartup() {
        MessageSource yesterday = fixture.source(topic);
        fixture.publish(topic, 5);
        consume(yesterday, 5);
        yesterday.close();
        fixture.publish(topic, 5, 25);
        fixture.client().xtrim(topic, 7);

        MessageSource today = fixture.source(topic);

        assertThat(consume(today, 7)).containsExactly(18, 19, 20, 21, 22, 23, 24);
        inspect(today);
        assertOneIncident(Kind.TRIMMED, 13);
    }

    @Test
    void messagesTrimmedWhileTheConsumerIsBusyAreCounted() {
        fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> inFlight = poll(source, 4);
        fixture.client().xtrim(topic, 3);

        await().atMost(RedisFixture.TIMEOUT).until(() -> {
            source.poll(0, Duration.ZERO);
            return !fixture.incidents().isEmpty();
        });

        source.acknowledge(inFlight);
        assertThat(consume(source, 3)).containsExactly(7, 8, 9);
        inspect(source);
        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.TRIMMED, 3L), Tuple.tuple(Kind.PENDING_LOST, 4L));
    }

    @Test
    void messagesTrimmedBetweenTwoInspectionsAreCountedOnceEverythingIsRead() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        consume(source, 3);
        inspect(source);
        fixture.client().multi();
        for (int number = 3; number < 13; number++) {
            fixture.client().xadd(topic, WireFormat.DATA, Integer.toString(number));
        }
        fixture.client().xtrim(topic, 4);
        fixture.client().exec();

        assertThat(consume(source, 4)).containsExactly(9, 10, 11, 12);

        inspect(source);
        assertOneIncident(Kind.TRIMMED, 6);
    }

    @Test
    void trimmingFasterThanReadingIsCountedExactly() {
        MessageSource source = fixture.source(topic);
        source.poll(0, Duration.ZERO);
        int read = 0;
        for (int round = 0; round < 60; round++) {
            addTrimmed(500, 100);
            read += source.poll(20, Duration.ZERO).size();
            if (round % 7 == 0) {
                inspect(source);
            }
        }
        List<IncomingMessage> rest;
        do {
            rest = source.poll(500, Duration.ofMillis(100));
            read += rest.size();
        } while (!rest.isEmpty());
        inspect(source);

        assertThat(fixture.incidents().stream()
                        .filter(each -> each.kind() == Kind.TRIMMED)
                        .mapToLong(GroupIncident::messages)
                        .sum())
                .isEqualTo(60 * 500 - read);
        assertThat(fixture.incidentKinds()).containsOnly(Kind.TRIMMED, Kind.PENDING_LOST);
    }

    private void addTrimmed(int count, int maxLength) {
        fixture.client()
                .eval(
                        "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], '*', 'event_data', i) end",
                        ScriptOutputType.VALUE,
                        new String[] {topic},
                        Integer.toString(count),
                        Integer.toString(maxLength));
    }

    @Test
    void trimmingMessagesThatTheGroupHasReadIsNoIncident() {
        fixture.publish(topic, 50);
        MessageSource source = fixture.source(topic);
        consume(source, 50);
        fixture.client().xtrim(topic, 0);
        inspect(source);
        fixture.publish(topic, 50, 60);

        assertThat(consume(source, 10)).hasSize(10);

        inspect(source);
        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void messagesTrimmedBeforeAGroupWasCreatedAreNoIncident() {
        List<String> positions = fixture.publish(topic, 20);
        fixture.client().xtrim(topic, 5);

        MessageSource first = fixture.sharingSource(topic);
        first.poll(0, Duration.ZERO);
        MessageSource second = fixture.sharingSource(topic);
        second.poll(0, Duration.ZERO);
        MessageSource another = fixture.transport()
                .source(
                        new dev.carillon.bus.transport.SourceSpec(
                                List.of(topic), "another", null, StartAt.after(positions.get(2)), Map.of()),
                        fixture.incidents()::add);
        consume(another, 5);
        another.close();

        assertThat(consume(first, 5)).hasSize(5);
        inspect(first);
        inspect(second);
        assertThat(fixture.incidents()).isEmpty();
    }
}
