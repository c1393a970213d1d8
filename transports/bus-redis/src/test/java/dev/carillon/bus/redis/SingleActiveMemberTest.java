package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisBench.consume;
import static dev.carillon.bus.redis.RedisBench.numbers;
import static dev.carillon.bus.redis.RedisBench.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.Consumer;
import io.lettuce.core.XReadArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Of the members of a group one reads; the others stand by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleActiveMemberTest {

    private static final Duration TAKEOVER = Duration.ofSeconds(60);
    private static final int LEASE_SECONDS = 2;

    private EmbeddedRedis redis;
    private RedisBench bench;
    private String topic;

    /** A member in a process of its own: writes what it begins with, and what it hears. Ends when it has lost its lease. */
    static final class Member {

        private Member() {}

        public static void main(String[] arguments) throws Exception {
            boolean[] over = new boolean[1];
            SourceListener listener = new SourceListener() {
                @Override
                public void incident(GroupIncident incident) {}

                @Override
                public void lost(Collection<Partition> partitions) {
                    System.out.println("lost " + partitions.size());
                    over[0] = true;
                }
            };
            Map<String, Object> extra = Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS);
            SourceSpec spec = new SourceSpec(List.of(arguments[1]), "group", null, StartAt.earliest(), extra);
            try (Transport transport = RedisBench.transport(arguments[0], Map.of());
                    MessageSource source = transport.source(spec, listener)) {
                while (!over[0]) {
                    List<IncomingMessage> finished = new ArrayList<>();
                    for (IncomingMessage message : source.poll(500, Duration.ofMillis(100))) {
                        if (source.owns(message)) {
                            System.out.println("begun " + RedisBench.number(message));
                            TimeUnit.MILLISECONDS.sleep(100); // its work
                            finished.add(message);
                        }
                        source.acknowledge(finished.size() % 5 == 0 ? finished : List.of());
                    }
                }
                System.out.println("over");
            }
        }
    }

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

    private MessageSource member() {
        return bench.source(
                bench.spec(null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic));
    }

    private String leaseKey() {
        return LeaseCommands.leaseKey(topic, "group");
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void aStandbyReadsNothingAndTakesOverInOrderWhenTheActiveMemberEnds() {
        bench.publish(topic, 100);
        MessageSource active = member();
        List<IncomingMessage> messages = poll(active, 60);
        MessageSource standby = member();
        assertThat(standby.poll(10, Duration.ofMillis(500))).isEmpty();
        active.acknowledge(List.of(messages.get(3), messages.get(50)));
        CompletableFuture<List<IncomingMessage>> waiting =
                CompletableFuture.supplyAsync(() -> standby.poll(100, TAKEOVER));

        active.close();

        List<Integer> taken = new ArrayList<>(numbers(waiting.join()));
        taken.addAll(numbers(poll(standby, 98 - taken.size())));
        List<Integer> left = new ArrayList<>(range(0, 100));
        left.removeAll(List.of(3, 50));
        assertThat(taken).containsExactlyElementsOf(left);
        assertThat(bench.incidents()).isEmpty();
    }

    @Test
    void whatAKilledMemberHadNotFinishedComesInOrderBeforeWhatIsNew(@TempDir Path folder) throws Exception {
        bench.publish(topic, 100);
        Path output = folder.resolve("member");
        Process killed = ChildJvm.start(Member.class, List.of(), output, redis.url(), topic);
        awaitBegun(output, 12);
        MessageSource standby = member();
        assertThat(standby.poll(10, Duration.ZERO)).isEmpty();

        killed.destroyForcibly().waitFor();
        bench.publish(topic, 100, 110);

        List<Integer> taken = numbers(pollLong(standby, 1));
        int first = taken.get(0);
        assertThat(first).isLessThanOrEqualTo(begun(output).size());
        List<Integer> all = new ArrayList<>(taken);
        all.addAll(numbers(pollLong(standby, 110 - first - 1)));
        assertThat(all).containsExactlyElementsOf(range(first, 110));
    }

    @Test
    void aMemberThatWasPausedBeginsWithNothingMoreAndDropsItsQueue(@TempDir Path folder) throws Exception {
        bench.publish(topic, 200);
        Path output = folder.resolve("member");
        Process paused = ChildJvm.start(Member.class, List.of(), output, redis.url(), topic);
        try {
            awaitBegun(output, 7);
            MessageSource standby = member();
            int now = begun(output).size();
            awaitBegun(output, now + 1); // it has just begun, and works on it
            ChildJvm.signal(paused, "STOP");
            List<Integer> before = begun(output);

            List<Integer> taken = numbers(pollLong(standby, 50));
            ChildJvm.signal(paused, "CONT");

            await().atMost(TAKEOVER).until(() -> Files.readString(output).contains("over"));
            assertThat(begun(output)).isEqualTo(before);
            assertThat(Files.readString(output)).contains("lost 1");
            assertThat(taken).containsExactlyElementsOf(range(taken.get(0), taken.get(0) + 50));
        } finally {
            paused.destroyForcibly().waitFor();
        }
    }

    private static void awaitBegun(Path output, int count) {
        await().atMost(TAKEOVER)
                .until(() -> Files.exists(output) && begun(output).size() >= count);
    }

    private static List<Integer> begun(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("begun "))
                .map(line -> Integer.valueOf(line.substring(6)))
                .toList();
    }

    private static List<IncomingMessage> pollLong(MessageSource source, int count) {
        List<IncomingMessage> messages = new ArrayList<>();
        await().atMost(TAKEOVER).until(() -> {
            messages.addAll(source.poll(count - messages.size(), Duration.ofMillis(500)));
            return messages.size() == count;
        });
        return messages;
    }

    @Test
    void aMemberWhoseLeaseSomebodyElseHasOwnsNothingAndSaysSo() {
        bench.publish(topic, 10);
        List<Partition> lost = new CopyOnWriteArrayList<>();
        MessageSource source = listening(lost);
        List<IncomingMessage> held = source.poll(5, RedisBench.PATIENCE);
        assertThat(held).allMatch(source::owns);

        bench.plain().set(leaseKey(), "other/1");
        await().atMost(TAKEOVER).until(() -> held.stream().noneMatch(source::owns));

        assertThat(source.poll(10, Duration.ZERO)).isEmpty();
        assertThat(lost).containsExactly(new Partition(topic, 0), new Partition(topic + "-group-retry", 0));
        bench.plain().del(leaseKey());
        assertThat(numbers(pollLong(source, 10))).containsExactlyElementsOf(range(0, 10));
    }

    private MessageSource listening(List<Partition> lost) {
        SourceListener listener = new SourceListener() {
            @Override
            public void incident(GroupIncident incident) {
                bench.incidents().add(incident);
            }

            @Override
            public void lost(Collection<Partition> partitions) {
                lost.addAll(partitions);
            }
        };
        SourceSpec spec = bench.spec(
                        null, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic)
                .withOwnTopics(Set.of(topic + "-group-retry"));
        return bench.transport().source(spec, listener);
    }

    @Test
    void aRedisThatForgotTheLeaseCostsNobodyItsMessages() {
        List<Partition> lost = new CopyOnWriteArrayList<>();
        bench.publish(topic, 3);
        try (MessageSource source = listening(lost)) {
            List<IncomingMessage> held = poll(source, 3);
            String token = bench.plain().get(leaseKey());

            bench.plain().flushall();
            await().atMost(TAKEOVER).until(() -> token.equals(bench.plain().get(leaseKey())));
            source.poll(1, Duration.ZERO);

            assertThat(lost).isEmpty();
            assertThat(held).allMatch(source::owns);
        }
    }

    @Test
    void whatAZombieReadAfterItsLeaseWasOverComesInOrder() {
        MessageSource source = member();
        bench.publish(topic, 3);
        consume(source, 3);
        bench.publish(topic, 3, 20);

        bench.readOneAs(Members.LEASED_NAME + "zombie", topic);
        bench.readOneAs(Members.LEASED_NAME + "zombie", topic);

        assertThat(numbers(poll(source, 17))).containsExactlyElementsOf(range(3, 20));
    }

    @Test
    void whatALateReadOfOurOwnWasGivenComesInOrder() {
        MessageSource source = member();
        bench.publish(topic, 3);
        consume(source, 3);
        bench.publish(topic, 3, 20);

        bench.readOneAs(LeaseCommands.consumerOf(bench.plain().get(leaseKey())), topic);

        assertThat(numbers(poll(source, 17))).containsExactlyElementsOf(range(3, 20));
    }

    @Test
    void whatAPythonMemberWorksOnIsLeftToIt() {
        bench.publish(topic, 10);
        bench.plain().xgroupCreate(XReadArgs.StreamOffset.from(topic, "0-0"), "group");
        bench.readOneAs("python", topic);
        bench.readOneAs("python", topic);

        assertThat(numbers(poll(member(), 8))).containsExactlyElementsOf(range(2, 10));
    }

    @Test
    void aMemberThatTakesNoLeaseIsToldByTheDoctor() {
        bench.publish(topic, 3);
        MessageSource source = member();
        source.poll(1, Duration.ZERO);
        try (TransportAdmin admin = bench.transport().admin()) {
            CheckSpec spec = new CheckSpec(List.of(topic), Map.of(), Set.of(), Optional.of("group"), "", Map.of());
            assertThat(admin.check(spec))
                    .extracting(Diagnostic::subject, Diagnostic::status)
                    .contains(
                            Tuple.tuple("members", Diagnostic.Status.OK),
                            Tuple.tuple("permissions", Diagnostic.Status.OK));

            bench.readOneAs("python", topic);

            assertThat(admin.check(spec))
                    .filteredOn(check -> check.subject().equals("members"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING);
                        assertThat(check.finding()).contains(topic, "group", "python", "order");
                    });
        }
    }

    @Test
    void messagesInWorkArePendingAgainAfterSomebodyRemovedTheirConsumer() {
        bench.publish(topic, 8);
        MessageSource source = member();
        List<IncomingMessage> held = poll(source, 8);
        source.acknowledge(held.subList(0, 2));
        String consumer = LeaseCommands.consumerOf(bench.plain().get(leaseKey()));

        bench.plain().xgroupDelconsumer(topic, Consumer.from("group", consumer));
        assertThat(bench.plain().xpending(topic, "group").getCount()).isZero();
        source.poll(10, Duration.ZERO);

        assertThat(bench.plain().xpending(topic, "group").getCount()).isEqualTo(6);
        source.close();
        assertThat(numbers(poll(member(), 6))).containsExactlyElementsOf(range(2, 8));
    }

    @Test
    void aConsumerThatWasRemovedWithItsWorkAfterItDiedIsTold(@TempDir Path folder) throws Exception {
        String consumer = removedAfterItDied(folder);

        pollLong(member(), 1);

        assertToldAsRemoved(consumer);
    }

    @Test
    void aConsumerThatWasRemovedAfterItDiedIsToldToItsSuccessorOfTheSameName(@TempDir Path folder) throws Exception {
        String consumer = removedAfterItDied(folder);

        pollLong(
                bench.source(bench.spec(
                        consumer, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic)),
                1);

        assertToldAsRemoved(consumer);
    }

    private String removedAfterItDied(Path folder) throws Exception {
        bench.publish(topic, 100);
        Path output = folder.resolve("member");
        Process killed = ChildJvm.start(Member.class, List.of(), output, redis.url(), topic);
        awaitBegun(output, 3);
        String state = LeaseCommands.stateKey(topic, "group");
        await().atMost(TAKEOVER).until(() -> !"0".equals(bench.plain().hget(state, TopicState.PENDING)));
        String consumer = LeaseCommands.consumerOf(bench.plain().get(leaseKey()));
        killed.destroyForcibly().waitFor();
        bench.plain().xgroupDelconsumer(topic, Consumer.from("group", consumer));
        return consumer;
    }

    private void assertToldAsRemoved(String consumer) {
        assertThat(bench.incidents())
                .filteredOn(incident -> incident.kind() == Kind.PENDING_LOST)
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.messages()).isEqualTo(-1);
                    assertThat(incident.detail())
                            .contains(consumer, "XGROUP DELCONSUMER", "messages when it looked last");
                });
    }

    @Test
    void aLeaseIsPerTopicSoThatMembersMayHaveOneEach() {
        String other = bench.topic("other");
        bench.publish(topic, 2);
        bench.publish(other, 100, 102);
        MessageSource one = bench.source(topic);
        assertThat(poll(one, 2)).hasSize(2);
        MessageSource both = bench.source(topic, other);

        assertThat(numbers(poll(both, 2))).containsExactly(100, 101);
        one.close();

        assertThat(numbers(pollLong(both, 2))).containsExactly(0, 1);
    }

    @Test
    void theNamesOfTopicsAndGroupsCannotBeCutInTwoWays() {
        assertThat(Set.of(
                        LeaseCommands.leaseKey("a-b", "c"),
                        LeaseCommands.leaseKey("a", "b-c"),
                        LeaseCommands.leaseKey("a", "b:c"),
                        LeaseCommands.leaseKey("a:b", "c"),
                        LeaseCommands.leaseKey("a", "b%3Ac")))
                .hasSize(5);
    }
}
