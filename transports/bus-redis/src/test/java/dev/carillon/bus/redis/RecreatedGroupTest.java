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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A group or topic that was deleted is created again, and reported. */
class RecreatedGroupTest extends GroupIncidentTestBase {

    @Test
    void theGroupOfADeletedTopicIsRecreatedAtItsStart() {
        List<String> positions = fixture.publish(topic, 4);
        MessageSource source = fixture.source(topic);
        consume(source, 3);
        inspect(source);
        fixture.client().del(topic);
        fixture.publish(topic, 4, 6);

        assertThat(consume(source, 2)).containsExactly(4, 5);

        inspect(source);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
        assertThat(fixture.incidents().get(0).detail())
                .endsWith("messages had been delivered up to " + positions.get(2)
                        + ", and the newest known message was " + positions.get(3));
    }

    @Test
    void aTopicRecreatedWithMoreMessagesWhileNoConsumerRanIsReportedAsRecreated() {
        consumeAndClose(3);
        fixture.client().del(topic);
        fixture.publish(topic, 3, 13);

        MessageSource today = fixture.source(topic);

        assertThat(consume(today, 10)).hasSize(10);
        inspect(today);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
    }

    @Test
    void aWaitingConsumerSurvivesTheDeletionOfItsTopics() {
        MessageSource source = fixture.source(topic, fixture.topic("other"));
        source.poll(0, Duration.ZERO);
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(20)), RedisFixture.NEW_THREAD);
        await().until(() -> fixture.client().clientList().contains("cmd=xreadgroup"));

        fixture.client().flushall();
        fixture.publish(topic, 2);

        assertThat(waiting).succeedsWithin(RedisFixture.TIMEOUT);
        assertThat(RedisFixture.numbers(waiting.join())).startsWith(0);
        assertThat(fixture.incidents()).extracting(GroupIncident::kind).containsOnly(Kind.GROUP_RECREATED);
        assertThat(fixture.incidents())
                .extracting(GroupIncident::topic)
                .containsExactlyInAnyOrder(topic, fixture.topic("other"));
    }

    @Test
    void aBusyConsumerDetectsThatItsGroupIsGone() {
        fixture.publish(topic, 3);
        MessageSource source = fixture.source(topic);
        List<IncomingMessage> inFlight = poll(source, 3);
        fixture.client().xgroupDestroy(topic, "group");

        await().atMost(RedisFixture.TIMEOUT).until(() -> {
            source.poll(0, Duration.ZERO);
            return !fixture.incidents().isEmpty();
        });

        assertThat(source.poll(10, Duration.ofMillis(100))).isEmpty();
        source.acknowledge(inFlight);
        assertOneIncident(Kind.GROUP_RECREATED, -1);
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
    }

    @Test
    void aGroupRecreatedByOneConsumerIsReadByAllOfThem() {
        fixture.publish(topic, 4);
        MessageSource first = fixture.sharingSource(topic);
        MessageSource second = fixture.sharingSource(topic);
        consume(first, 4);
        inspect(first);
        inspect(second);
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> second.poll(1, Duration.ofSeconds(20)), RedisFixture.NEW_THREAD);
        await().until(() -> fixture.client().clientList().contains("cmd=xreadgroup"));

        fixture.client().xgroupDestroy(topic, "group");
        List<Integer> again = consume(first, 3);

        assertThat(again).hasSize(3);
        waiting.join();
        inspect(first);
        inspect(second);
        // A consumer that was not reading at that moment sees the new group as one that was moved back.
        assertThat(fixture.incidentKinds())
                .contains(Kind.GROUP_RECREATED)
                .doesNotContain(Kind.TRIMMED, Kind.MOVED_FORWARD, Kind.PENDING_LOST);
    }
}
