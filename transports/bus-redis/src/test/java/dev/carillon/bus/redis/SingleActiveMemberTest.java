package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.numbers;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member of a group reads a topic; the others are standbys and take over from it. */
class SingleActiveMemberTest extends LeaseTestBase {

    @Test
    void aStandbyReadsNothingAndTakesOverInOrderWhenTheActiveMemberEnds() {
        fixture.publish(topic, 100);
        MessageSource active = member();
        List<IncomingMessage> messages = poll(active, 60);
        MessageSource standby = member();
        assertThat(standby.poll(10, Duration.ofMillis(500))).isEmpty();
        active.acknowledge(List.of(messages.get(3), messages.get(50)));
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> standby.poll(100, TAKEOVER), RedisFixture.NEW_THREAD);

        active.close();

        List<Integer> taken = new ArrayList<>(numbers(waiting.join()));
        taken.addAll(numbers(poll(standby, 98 - taken.size())));
        List<Integer> left = new ArrayList<>(range(0, 100));
        left.removeAll(List.of(3, 50));
        assertThat(taken).containsExactlyElementsOf(left);
        assertThat(fixture.incidents()).isEmpty();
    }

    @Test
    void unfinishedMessagesOfAKilledMemberComeInOrderBeforeNewOnes(@TempDir Path folder) throws Exception {
        fixture.publish(topic, 100);
        Path output = folder.resolve("member");
        Process killed = MemberProcess.start(output, redis.url(), topic);
        MemberProcess.awaitStarted(output, 12);
        MessageSource standby = member();
        assertThat(standby.poll(10, Duration.ZERO)).isEmpty();

        killed.destroyForcibly().waitFor();
        fixture.publish(topic, 100, 110);

        List<Integer> taken = numbers(pollThroughTakeover(standby, 1));
        int first = taken.get(0);
        assertThat(first).isLessThanOrEqualTo(MemberProcess.started(output).size());
        List<Integer> all = new ArrayList<>(taken);
        all.addAll(numbers(pollThroughTakeover(standby, 110 - first - 1)));
        assertThat(all).containsExactlyElementsOf(range(first, 110));
    }

    @Test
    void messagesHandledAfterTheLastInspectionAreNotReportedAsSkippedWhenTheNextMemberEndsAtOnce(@TempDir Path folder)
            throws Exception {
        fixture.publish(topic, 50);
        Process killed = MemberProcess.start(folder.resolve("member"), redis.url(), topic);
        String stateKey = LeaseCommands.stateKey(topic, "group");
        await().atMost(TAKEOVER)
                .until(() -> "50".equals(fixture.client().hget(stateKey, DeliveryLedger.DELIVERED_COUNT)));
        String lease = fixture.client().get(leaseKey());
        MessageSource next = member();
        assertThat(next.poll(1, Duration.ZERO)).isEmpty();
        ChildJvm.signal(killed, "STOP");
        fixture.publish(topic, 50, 60);
        for (int i = 50; i < 55; i++) { // as if it had handled them after it stored its state
            fixture.readOneAs(LeaseCommands.consumerOf(lease), topic)
                    .forEach(message -> fixture.client().xack(topic, "group", message.getId()));
        }
        killed.destroyForcibly().waitFor();

        await().atMost(TAKEOVER)
                .until(() -> fixture.client().hget(stateKey, "holder"), holder -> !holder.equals(lease));
        next.close(); // it has not read anything
        MessageSource last = member();
        await().atMost(TAKEOVER).until(() -> {
            last.poll(100, Duration.ofMillis(100));
            return count(stateKey, DeliveryLedger.DELIVERED_COUNT) + count(stateKey, DeliveryLedger.LOST) == 60;
        });

        assertThat(fixture.incidents()).isEmpty();
    }

    /** A count in the stored state; 0 while the counts are not valid. */
    private long count(String stateKey, String field) {
        String count = fixture.client().hget(stateKey, field);
        return count == null || count.isEmpty() ? 0 : Long.parseLong(count);
    }

    @Test
    void aMemberPausedForLongerThanItsLeaseDropsItsQueueAndHandlesNothingMore(@TempDir Path folder) throws Exception {
        fixture.publish(topic, 200);
        Path output = folder.resolve("member");
        Process paused = MemberProcess.start(output, redis.url(), topic);
        try {
            MemberProcess.awaitStarted(output, 7);
            MessageSource standby = member();
            int now = MemberProcess.started(output).size();
            MemberProcess.awaitStarted(output, now + 1); // it has just started to handle it
            ChildJvm.signal(paused, "STOP");
            List<Integer> before = MemberProcess.started(output);

            List<Integer> taken = numbers(pollThroughTakeover(standby, 50));
            ChildJvm.signal(paused, "CONT");

            await().atMost(TAKEOVER).until(() -> Files.readString(output).contains("ended"));
            assertThat(MemberProcess.started(output)).isEqualTo(before);
            assertThat(Files.readString(output)).contains("lost 1");
            assertThat(taken).containsExactlyElementsOf(range(taken.get(0), taken.get(0) + 50));
        } finally {
            paused.destroyForcibly().waitFor();
        }
    }

    @Test
    void aMemberThatLostItsLeaseOwnsNothingAndNotifiesItsListener() {
        fixture.publish(topic, 10);
        List<Partition> lost = new CopyOnWriteArrayList<>();
        MessageSource source = listening(lost);
        List<IncomingMessage> inFlight = source.poll(5, RedisFixture.TIMEOUT);
        assertThat(inFlight).allMatch(source::owns);

        fixture.client().set(leaseKey(), "other/1");
        await().atMost(TAKEOVER).until(() -> inFlight.stream().noneMatch(source::owns));

        assertThat(source.poll(10, Duration.ZERO)).isEmpty();
        assertThat(lost).containsExactly(new Partition(topic, 0), new Partition(topic + "-group-retry", 0));
        fixture.client().del(leaseKey());
        assertThat(numbers(pollThroughTakeover(source, 10))).containsExactlyElementsOf(range(0, 10));
    }

    private MessageSource listening(List<Partition> lost) {
        SourceListener listener = new SourceListener() {
            @Override
            public void incident(GroupIncident incident) {
                fixture.incidents().add(incident);
            }

            @Override
            public void partitionsLost(Collection<Partition> partitions) {
                lost.addAll(partitions);
            }
        };
        SourceSpec spec = fixture.spec(
                        null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic)
                .withOwnTopics(Set.of(topic + "-group-retry"));
        return fixture.transport().source(spec, listener);
    }

    @Test
    void aLeaseThatRedisForgotIsRestoredAndNoMessageIsLost() {
        List<Partition> lost = new CopyOnWriteArrayList<>();
        fixture.publish(topic, 3);
        try (MessageSource source = listening(lost)) {
            List<IncomingMessage> inFlight = poll(source, 3);
            String token = fixture.client().get(leaseKey());

            fixture.client().flushall();
            await().atMost(TAKEOVER).until(() -> token.equals(fixture.client().get(leaseKey())));
            source.poll(1, Duration.ZERO);

            assertThat(lost).isEmpty();
            assertThat(inFlight).allMatch(source::owns);
        }
    }

    @Test
    void membersCanHoldTheLeasesOfDifferentTopics() {
        String other = fixture.topic("other");
        fixture.publish(topic, 2);
        fixture.publish(other, 100, 102);
        MessageSource one = fixture.source(topic);
        assertThat(poll(one, 2)).hasSize(2);
        MessageSource both = fixture.source(topic, other);

        assertThat(numbers(poll(both, 2))).containsExactly(100, 101);
        one.close();

        assertThat(numbers(pollThroughTakeover(both, 2))).containsExactly(0, 1);
    }

    @Test
    void leaseKeysOfDifferentTopicsAndGroupsNeverCollide() {
        assertThat(Set.of(
                        LeaseCommands.leaseKey("a-b", "c"),
                        LeaseCommands.leaseKey("a", "b-c"),
                        LeaseCommands.leaseKey("a", "b:c"),
                        LeaseCommands.leaseKey("a:b", "c"),
                        LeaseCommands.leaseKey("a", "b%3Ac")))
                .hasSize(5);
    }
}
