package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.consume;
import static dev.carillon.bus.redis.RedisBench.look;
import static dev.carillon.bus.redis.RedisBench.poll;
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
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens to a group behind its consumers' back is noticed, told once, and not imagined. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupIncidentsTest {

    private EmbeddedRedis redis;
    private RedisBench bench;
    private String topic;

    @BeforeAll
    void startRedis() {
        redis = EmbeddedRedis.start();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void openBench() {
        bench = new RedisBench(redis).watchful();
        topic = bench.topic();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void messagesTrimmedWhileNoConsumerRanAreCountedAtStart() {
        MessageSource yesterday = bench.source(topic);
        bench.publish(topic, 5);
        consume(yesterday, 5);
        yesterday.close();
        bench.publish(topic, 5, 25);
        bench.plain().xtrim(topic, 7);

        MessageSource today = bench.source(topic);

        assertThat(consume(today, 7)).containsExactly(18, 19, 20, 21, 22, 23, 24);
        look(today);
        assertOneIncident(Kind.TRIMMED, 13);
    }

    @Test
    void messagesTrimmedWhileTheConsumerIsBusyAreCounted() {
        bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> held = poll(source, 4);
        bench.plain().xtrim(topic, 3);

        await().atMost(RedisBench.PATIENCE).until(() -> {
            source.poll(0, Duration.ZERO);
            return !bench.incidents().isEmpty();
        });

        source.acknowledge(held);
        assertThat(consume(source, 3)).containsExactly(7, 8, 9);
        look(source);
        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.TRIMMED, 3L), Tuple.tuple(Kind.PENDING_LOST, 4L));
    }

    @Test
    void messagesTrimmedBetweenTwoLooksAreCountedWhenAllIsRead() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        consume(source, 3);
        look(source);
        bench.plain().multi();
        for (int number = 3; number < 13; number++) {
            bench.plain().xadd(topic, Wire.DATA, Integer.toString(number));
        }
        bench.plain().xtrim(topic, 4);
        bench.plain().exec();

        assertThat(consume(source, 4)).containsExactly(9, 10, 11, 12);

        look(source);
        assertOneIncident(Kind.TRIMMED, 6);
    }

    @Test
    void aTopicThatIsTrimmedBehindTheGroupIsNoIncident() {
        bench.publish(topic, 50);
        MessageSource source = bench.source(topic);
        consume(source, 50);
        bench.plain().xtrim(topic, 0);
        look(source);
        bench.publish(topic, 50, 60);

        assertThat(consume(source, 10)).hasSize(10);

        look(source);
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void aNewGroupMissesNothingOfWhatWasTrimmedBefore() {
        List<String> positions = bench.publish(topic, 20);
        bench.plain().xtrim(topic, 5);

        MessageSource first = bench.sharingSource(topic);
        first.poll(0, Duration.ZERO);
        MessageSource second = bench.sharingSource(topic);
        second.poll(0, Duration.ZERO);
        MessageSource another = bench.transport()
                .source(
                        new dev.carillon.bus.transport.SourceSpec(
                                List.of(topic), "another", null, StartAt.after(positions.get(2)), Map.of()),
                        bench.incidents()::add);
        consume(another, 5);
        another.close();

        assertThat(consume(first, 5)).hasSize(5);
        look(first);
        look(second);
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void aGroupThatWasSetBackIsTold() {
        bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        consume(source, 10);
        look(source);

        bench.plain().xgroupSetid(StreamOffset.from(topic, "0-0"), "group");

        assertThat(consume(source, 10)).hasSize(10);
        look(source);
        assertThat(bench.incidentKinds()).containsExactly(Kind.MOVED_BACK);
    }

    @Test
    void aGroupThatWasSetBackWhileItsConsumerIsBusyIsToldWithACount() {
        bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> held = poll(source, 10);
        look(source);
        bench.plain().xgroupSetid(StreamOffset.from(topic, "0-0"), "group");

        await().atMost(RedisBench.PATIENCE).until(() -> {
            source.poll(0, Duration.ZERO);
            return !bench.incidents().isEmpty();
        });

        assertThat(source.poll(20, Duration.ofMillis(100))).isEmpty();
        source.acknowledge(held);
        assertOneIncident(Kind.MOVED_BACK, 10);
    }

    @Test
    void aGroupThatAStartingPythonConsumerSetToTheEndIsTold() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> held = poll(source, 3);
        look(source);
        bench.publish(topic, 3, 10);
        source.poll(0, Duration.ZERO);

        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");

        await().atMost(RedisBench.PATIENCE).until(() -> {
            source.poll(0, Duration.ZERO);
            return !bench.incidents().isEmpty();
        });
        source.acknowledge(held);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
        assertThat(bench.incidents().get(0).detail()).contains("check_backlog");
    }

    @Test
    void aGroupSetForwardAmongSeveralConsumersIsToldWithoutACount() {
        bench.publish(topic, 6);
        MessageSource source = bench.source(topic);
        poll(source, 3);
        bench.readOneAs("python", topic);
        look(source);
        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");

        await().atMost(RedisBench.PATIENCE).until(() -> {
            source.poll(0, Duration.ZERO);
            return !bench.incidents().isEmpty();
        });

        assertOneIncident(Kind.MOVED_FORWARD, -1);
    }

    @Test
    void aPythonConsumerThatStartsWhileAllIsReadIsNoIncident() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        consume(source, 3);
        look(source);

        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");
        bench.readOneAs("python", topic);
        look(source);
        bench.publish(topic, 3, 5);

        assertThat(consume(source, 2)).containsExactly(3, 4);
        look(source);
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void deletingSingleMessagesIsNoMove() {
        List<String> positions = bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        poll(source, 2);
        bench.plain().xdel(topic, positions.get(7));

        assertThat(poll(source, 7)).hasSize(7);

        look(source);
        assertThat(bench.incidentKinds()).doesNotContain(Kind.MOVED_BACK, Kind.MOVED_FORWARD);
    }

    @Test
    void aTopicThatWasDeletedIsMadeAnewFromItsStart() {
        List<String> positions = bench.publish(topic, 4);
        MessageSource source = bench.source(topic);
        consume(source, 3);
        look(source);
        bench.plain().del(topic);
        bench.publish(topic, 4, 6);

        assertThat(consume(source, 2)).containsExactly(4, 5);

        look(source);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
        assertThat(bench.incidents().get(0).detail())
                .endsWith("it had been given the messages up to " + positions.get(2) + ", and the newest one known was "
                        + positions.get(3));
    }

    @Test
    void aTopicThatWasMadeAnewAndOutgrewTheOldOneWhileNoConsumerRanIsToldAsThat() {
        aConsumerReadsAndEnds(3);
        bench.plain().del(topic);
        bench.publish(topic, 3, 13);

        MessageSource today = bench.source(topic);

        assertThat(consume(today, 10)).hasSize(10);
        look(today);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
    }

    @Test
    void aWaitingConsumerOutlivesTheEndOfItsTopic() {
        MessageSource source = bench.source(topic, bench.topic("other"));
        source.poll(0, Duration.ZERO);
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(20)));
        await().until(() -> bench.plain().clientList().contains("cmd=xreadgroup"));

        bench.plain().flushall();
        bench.publish(topic, 2);

        assertThat(waiting).succeedsWithin(RedisBench.PATIENCE);
        assertThat(RedisBench.numbers(waiting.join())).startsWith(0);
        assertThat(bench.incidents()).extracting(GroupIncident::kind).containsOnly(Kind.GROUP_RECREATED);
        assertThat(bench.incidents())
                .extracting(GroupIncident::topic)
                .containsExactlyInAnyOrder(topic, bench.topic("other"));
    }

    @Test
    void aBusyConsumerNoticesThatItsGroupIsGone() {
        bench.publish(topic, 3);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> held = poll(source, 3);
        bench.plain().xgroupDestroy(topic, "group");

        await().atMost(RedisBench.PATIENCE).until(() -> {
            source.poll(0, Duration.ZERO);
            return !bench.incidents().isEmpty();
        });

        assertThat(source.poll(10, Duration.ofMillis(100))).isEmpty();
        source.acknowledge(held);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void aGroupThatOneConsumerMadeAnewIsReadByAllOfThem() {
        bench.publish(topic, 4);
        MessageSource first = bench.sharingSource(topic);
        MessageSource second = bench.sharingSource(topic);
        consume(first, 4);
        look(first);
        look(second);
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> second.poll(1, Duration.ofSeconds(20)));
        await().until(() -> bench.plain().clientList().contains("cmd=xreadgroup"));

        bench.plain().xgroupDestroy(topic, "group");
        List<Integer> again = consume(first, 3);

        assertThat(again).hasSize(3);
        waiting.join();
        look(first);
        look(second);
        // To a consumer that was just not reading, the new group is one that was set back.
        assertThat(bench.incidentKinds())
                .contains(Kind.GROUP_RECREATED)
                .doesNotContain(Kind.TRIMMED, Kind.MOVED_FORWARD, Kind.PENDING_LOST);
    }

    @Test
    void trimmingFasterThanReadingIsCountedToTheLastMessage() {
        MessageSource source = bench.source(topic);
        source.poll(0, Duration.ZERO);
        int read = 0;
        for (int round = 0; round < 60; round++) {
            addTrimmed(500, 100);
            read += source.poll(20, Duration.ZERO).size();
            if (round % 7 == 0) {
                look(source);
            }
        }
        List<IncomingMessage> rest;
        do {
            rest = source.poll(500, Duration.ofMillis(100));
            read += rest.size();
        } while (!rest.isEmpty());
        look(source);

        assertThat(bench.incidents().stream()
                        .filter(each -> each.kind() == Kind.TRIMMED)
                        .mapToLong(GroupIncident::messages)
                        .sum())
                .isEqualTo(60 * 500 - read);
        assertThat(bench.incidentKinds()).containsOnly(Kind.TRIMMED, Kind.PENDING_LOST);
    }

    private void addTrimmed(int count, int maxLength) {
        bench.plain()
                .eval(
                        "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], '*', 'event_data', i) end",
                        ScriptOutputType.VALUE,
                        new String[] {topic},
                        Integer.toString(count),
                        Integer.toString(maxLength));
    }

    @Test
    void aGroupThatWasSetToTheEndRightAfterTheStartIsToldWithACount() {
        MessageSource source = bench.source(bench.spec(null, StartAt.latest(), Map.of(), topic));
        source.poll(0, Duration.ZERO);
        bench.publish(topic, 5);

        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");

        look(source);
        assertOneIncident(Kind.MOVED_FORWARD, 5);
    }

    @Test
    void aGroupThatIsSetForwardAgainAndAgainWhileMoreComesIsToldWithACountEachTime() {
        MessageSource source = bench.source(topic);
        bench.publish(topic, 3);
        List<IncomingMessage> held = poll(source, 3);
        look(source);

        for (int round = 1; round <= 3; round++) {
            bench.plain().multi();
            addNumbers(5);
            bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");
            addNumbers(2); // so that the group is behind when it is looked at
            bench.plain().exec();
            int told = round;
            await().atMost(RedisBench.PATIENCE).until(() -> {
                source.poll(0, Duration.ZERO);
                return bench.incidents().size() == told;
            });
        }

        source.acknowledge(held);
        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(
                        Tuple.tuple(Kind.MOVED_FORWARD, 5L),
                        Tuple.tuple(Kind.MOVED_FORWARD, 7L),
                        Tuple.tuple(Kind.MOVED_FORWARD, 7L));
    }

    private void addNumbers(int count) {
        for (int number = 0; number < count; number++) {
            bench.plain().xadd(topic, Wire.DATA, Integer.toString(number));
        }
    }

    @Test
    void aGroupThatWasSetForwardWhileItsConsumerWasStillBehindIsToldWithACount() {
        bench.publish(topic, 10);
        bench.plain().xgroupCreate(StreamOffset.from(topic, "0"), "group");
        MessageSource source = bench.source(topic);
        consume(source, 3);
        look(source);
        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");
        bench.publish(topic, 10, 12);

        look(source);

        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void aGroupThatWasSetForwardAndReadOnBeforeAnybodyLookedIsToldWithACount() {
        MessageSource source = bench.source(topic);
        bench.publish(topic, 3);
        consume(source, 3);
        look(source);
        bench.plain().multi();
        for (int number = 3; number < 8; number++) {
            bench.plain().xadd(topic, Wire.DATA, Integer.toString(number));
        }
        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");
        bench.plain().xadd(topic, Wire.DATA, "8");
        bench.plain().exec();

        assertThat(consume(source, 1)).containsExactly(8);

        look(source);
        assertOneIncident(Kind.MOVED_FORWARD, 5);
    }

    @Test
    void aGroupThatWasSetForwardWhileNoConsumerRanIsToldAtTheStartWithACount() {
        setForwardBySevenWhileNoConsumerRuns();

        MessageSource today = bench.source(topic);
        today.poll(10, Duration.ZERO);

        look(today);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void whatHappenedWhileNoConsumerRanIsToldAlsoWhereRedisFailsAtTheStart() {
        setForwardBySevenWhileNoConsumerRuns();
        MessageSource today = bench.source(topic);
        allow(false, CommandType.HGETALL);
        try {
            assertThatThrownBy(() -> today.poll(10, Duration.ZERO)).isInstanceOf(TransportException.class);
        } finally {
            allow(true, CommandType.HGETALL);
        }

        today.poll(10, Duration.ZERO);

        look(today);
        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    @Test
    void soItIsWhereTheFirstLeaseIsOverBeforeItWasUsed() {
        setForwardBySevenWhileNoConsumerRuns();
        MessageSource today =
                bench.source(bench.spec(null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, 1), topic));
        allow(false, CommandType.HGETALL);
        try {
            assertThatThrownBy(() -> today.poll(10, Duration.ZERO)).isInstanceOf(TransportException.class);
            allow(false, CommandType.EVAL);
            await().until(() -> bench.plain().exists(LeaseCommands.leaseKey(topic, "group")) == 0);
        } finally {
            allow(true, CommandType.HGETALL);
            allow(true, CommandType.EVAL);
        }

        await().until(() -> {
            try {
                today.poll(10, Duration.ofMillis(100));
                return !bench.incidents().isEmpty();
            } catch (TransportException e) {
                return false; // the lease could not be asked for until now
            }
        });

        assertOneIncident(Kind.MOVED_FORWARD, 7);
    }

    private void setForwardBySevenWhileNoConsumerRuns() {
        aConsumerReadsAndEnds(3);
        bench.publish(topic, 3, 10);
        bench.plain().xgroupSetid(StreamOffset.latest(topic), "group");
    }

    private void aConsumerReadsAndEnds(int count) {
        MessageSource source = bench.source(topic);
        bench.publish(topic, count);
        consume(source, count);
        look(source);
        source.close();
    }

    private void allow(boolean allowed, CommandType command) {
        bench.plain()
                .aclSetuser(
                        "default",
                        allowed
                                ? AclSetuserArgs.Builder.addCommand(command)
                                : AclSetuserArgs.Builder.removeCommand(command));
    }

    @Test
    void aGroupThatAnOperatorMovedWhileNoConsumerRanIsNoIncident() {
        aConsumerReadsAndEnds(10);
        try (TransportAdmin admin = bench.transport().admin()) {
            admin.move(topic, "group", StartAt.earliest(), true);
        }

        MessageSource today = bench.source(topic);

        assertThat(consume(today, 10)).hasSize(10);
        look(today);
        assertThat(bench.incidents()).isEmpty();
    }

    private void assertOneIncident(Kind kind, long messages) {
        assertThat(bench.incidents()).as("incidents").singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(kind);
            assertThat(incident.messages()).isEqualTo(messages);
            assertThat(incident.topic()).isEqualTo(topic);
            assertThat(incident.group()).isEqualTo("group");
        });
    }
}
