package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.look;
import static dev.carillon.bus.redis.RedisBench.numbers;
import static dev.carillon.bus.redis.RedisBench.poll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.Partition;
import dev.carillon.embedded.EmbeddedRedis;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Messages whose data the engine dropped are read a second time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadAgainTest {

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
        bench = new RedisBench(redis);
        topic = bench.topic();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void messagesComeAsTheyCameTheFirstTime() {
        bench.publish(topic, 20);
        MessageSource source = bench.source(topic);
        List<IncomingMessage> first = poll(source, 20);

        List<IncomingMessage> again = source.readAgain(
                new Partition(topic, 0),
                first.subList(5, 15).stream().map(IncomingMessage::position).toList());

        assertThat(numbers(again)).containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(again.get(3).header("id")).isEqualTo("id-8");
        source.acknowledge(first);
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void messagesThatLeftTheTopicMeanwhileAreToldOnceWithTheirNumberAndRange() {
        List<String> positions = bench.publish(topic, 10);
        bench.calm();
        MessageSource source = bench.source(topic);
        poll(source, 10);
        bench.plain().xtrim(topic, 6);

        assertThat(numbers(source.readAgain(new Partition(topic, 0), positions)))
                .containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(numbers(source.readAgain(new Partition(topic, 0), positions)))
                .containsExactly(4, 5, 6, 7, 8, 9);

        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 4L));
        assertThat(bench.incidents().get(0).detail()).contains(positions.get(0), positions.get(3));
    }

    @Test
    void pendingMessagesThatVanishWhileTheConsumerWorksAreToldAtOnce() {
        bench.watchful();
        List<String> positions = bench.publish(topic, 10);
        MessageSource source = bench.source(topic);
        poll(source, 10);
        bench.plain().xtrim(topic, 6);

        look(source);
        source.readAgain(new Partition(topic, 0), positions);

        assertThat(bench.incidents())
                .extracting(GroupIncident::kind, GroupIncident::messages)
                .containsExactly(Tuple.tuple(Kind.PENDING_LOST, 4L));
    }
}
