package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.inspect;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportException;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A group that another client moved is reported, with the number of affected messages where that can be known. */
class MovedGroupTest extends GroupIncidentTestBase {

    @Test
    void aGroupMovedBackIsReported() {
        fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        consume(source, 10);
        inspect(source);

        fixture.client().xgroupSetid(StreamOffset.from(topic, "0-0"), "group");

        assertThat(consume(source, 10)).hasSize(10);
        inspect(source);
        assertThat(fixture.incidentKinds()).containsExactly(Kind.MOVED_BACK);
    }

    @Test
    void aGroupMovedBackWhileItsConsumerIsBusyIsReportedWithACount() {
        fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> inFlight = poll(source, 10);
        inspect(source);
        fixture.client().xgroupSetid(StreamOffset.from(topic, "0-0"), "group");

        await().atMost(RedisFixture.TIMEOUT).until(() -> {
            source.poll(0, Duration.ZERO);
            return !fixture.incidents().isEmpty();
        });

        assertThat(source.poll(20, Duration.ofMillis(100))).isEmpty();
        source.acknowledge(inFlight);
        assertOneIncident(Kind.MOVED_BACK, 10);
    }

    @Test
    void aGroupMovedToTheEndByAStartingPythonConsumerIsReportedWithACount() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> inFlight = poll(source, 3);
        inspect(source);
        fixture.publish(topic, 3, 10);
        source.poll(0, Duration.ZERO);

        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");

        await().atMost(RedisFixture.TIMEOUT).until(() -> {
            source.poll(0, Duration.ZERO);
            return !fixture.incidents().isEmpty();
        });
        source.acknowledge(inFlight);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
        assertThat(fixture.incidents().get(0).detail()).contains("check_backlog");
    }

    @Test
    void aGroupMovedForwardWithSeveralConsumersIsReportedWithoutACount() {
        fixture.publish(topic, 6);
        MessageSource source = fixture.source(topic);
        poll(source, 3);
        fixture.readOneAs("python", topic);
        inspect(source);
        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");

        await().atMost(RedisFixture.TIMEOUT).until(() -> {
            source.poll(0, Duration.ZERO);
            return !fixture.incidents().isEmpty();
        });

        assertOneIncident(Kind.MOVED_FORWARD, -1);
    }

    @Test
    void aPythonConsumerThatStartsWhenEverythingIsReadIsNoIncident() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        consume(source, 3);
        inspect(source);

        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");
        fixture.readOneAs("python", topic);
        inspect(source);
        fixture.publish(topic, 3, 5);

        assertThat(consume(source, 2)).containsExactly(3, 4);
        inspect(source);
        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void deletingSingleMessagesIsNotReportedAsAMove() {
        List<String> positions = fixture.publish(topic, 10);
        MessageSource source = fixture.source(topic);
        poll(source, 2);
        fixture.client().xdel(topic, positions.get(7));

        assertThat(poll(source, 7)).hasSize(7);

        inspect(source);
        assertThat(fixture.incidentKinds()).doesNotContain(Kind.MOVED_BACK, Kind.MOVED_FORWARD);
    }

    @Test
    void aGroupMovedToTheEndRightAfterStartupIsReportedWithACount() {
        MessageSource source = fixture.source(fixture.spec(null, StartAt.latest(), Map.of(), topic));
        source.poll(0, Duration.ZERO);
        fixture.publish(topic, 5);

        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");

        inspect(source);
        assertOneIncident(Kind.MOVED_FORWARD, 5);
    }

    @Test
    void repeatedMovesForwardAreEachReportedWithACount() {
        MessageSource source = fixture.source(topic);
        fixture.publish(topic, 3);
        List<IncomingMessage> inFlight = poll(source, 3);
        inspect(source);

        for (int round = 1; round <= 3; round++) {
            fixture.client().multi();
            addNumbers(5);
            fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");
            addNumbers(2); // so that the group is behind at the next inspection
            fixture.client().exec();
            int expected = round;
            await().atMost(RedisFixture.TIMEOUT).until(() -> {
                source.poll(0, Duration.ZERO);
                return fixture.incidents().size() == expected;
            });
        }

        source.acknowledge(inFlight);
        assertThat(fixture.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(
                        Tuple.tuple(Kind.MOVED_FORWARD, 5L),
                        Tuple.tuple(Kind.MOVED_FORWARD, 7L),
                        Tuple.tuple(Kind.MOVED_FORWARD, 7L));
    }

    private void addNumbers(int count) {
        for (int number = 0; number < count; number++) {
            fixture.client().xadd(topic, WireFormat.DATA, Integer.toString(number));
        }
    }

    @Test
    void aGroupMovedForwardWhileItsConsumerIsBehindIsReportedWithACount() {
        fixture.publish(topic, 10);
        fixture.client().xgroupCreate(StreamOffset.from(topic, "0"), "group");
        MessageSource source = fixture.source(topic);
        consume(source, 3);
        inspect(source);
        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");
        fixture.publish(topic, 10, 12);

        inspect(source);

        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void aGroupMovedForwardAndReadBeforeTheNextInspectionIsReportedWithACount() {
        MessageSource source = fixture.source(topic);
        fixture.publish(topic, 3);
        consume(source, 3);
        inspect(source);
        fixture.client().multi();
        for (int number = 3; number < 8; number++) {
            fixture.client().xadd(topic, WireFormat.DATA, Integer.toString(number));
        }
        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");
        fixture.client().xadd(topic, WireFormat.DATA, "8");
        fixture.client().exec();

        assertThat(consume(source, 1)).containsExactly(8);

        inspect(source);
        assertOneIncident(Kind.MOVED_FORWARD, 5);
    }

    @Test
    void aGroupMovedForwardWhileNoConsumerRanIsReportedAtStartupWithACount() {
        moveForwardBySevenWhileNoConsumerRuns();

        MessageSource today = fixture.source(topic);
        today.poll(10, Duration.ZERO);

        inspect(today);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void aMoveWhileNoConsumerRanIsReportedEvenIfRedisFailsAtStartup() {
        moveForwardBySevenWhileNoConsumerRuns();
        MessageSource today = fixture.source(topic);
        allow(false, CommandType.HGETALL);
        try {
            assertThatThrownBy(() -> today.poll(10, Duration.ZERO)).isInstanceOf(TransportException.class);
        } finally {
            allow(true, CommandType.HGETALL);
        }

        today.poll(10, Duration.ZERO);

        inspect(today);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void aMoveWhileNoConsumerRanIsReportedEvenIfTheFirstLeaseExpiresUnused() {
        moveForwardBySevenWhileNoConsumerRuns();
        MessageSource today =
                fixture.source(fixture.spec(null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, 1), topic));
        allow(false, CommandType.HGETALL);
        try {
            assertThatThrownBy(() -> today.poll(10, Duration.ZERO)).isInstanceOf(TransportException.class);
            allow(false, CommandType.EVAL);
            await().until(() -> fixture.client().exists(LeaseCommands.leaseKey(topic, "group")) == 0);
        } finally {
            allow(true, CommandType.HGETALL);
            allow(true, CommandType.EVAL);
        }

        await().until(() -> {
            try {
                today.poll(10, Duration.ofMillis(100));
                return !fixture.incidents().isEmpty();
            } catch (TransportException e) {
                return false; // the lease cannot be acquired yet
            }
        });

        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    private void moveForwardBySevenWhileNoConsumerRuns() {
        consumeAndClose(3);
        fixture.publish(topic, 3, 10);
        fixture.client().xgroupSetid(StreamOffset.latest(topic), "group");
    }

    private void allow(boolean allowed, CommandType command) {
        fixture.client()
                .aclSetuser(
                        "default",
                        allowed
                                ? AclSetuserArgs.Builder.addCommand(command)
                                : AclSetuserArgs.Builder.removeCommand(command));
    }

    @Test
    void aGroupMovedByAnOperatorWhileNoConsumerRanIsNoIncident() {
        consumeAndClose(10);
        try (TransportAdmin admin = fixture.transport().admin().orElseThrow()) {
            admin.move(topic, "group", StartAt.earliest(), true);
        }

        MessageSource today = fixture.source(topic);

        assertThat(consume(today, 10)).hasSize(10);
        inspect(today);
        assertThat(fixture.incidents()).isEmpty();
    }
}
