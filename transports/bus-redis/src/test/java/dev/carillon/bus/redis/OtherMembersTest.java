package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisFixture.consume;
import static dev.carillon.bus.redis.RedisFixture.numbers;
import static dev.carillon.bus.redis.RedisFixture.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import io.lettuce.core.Consumer;
import io.lettuce.core.XReadArgs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other members of a group have read, or left behind, is neither lost nor handled out of order. */
class OtherMembersTest extends LeaseTestBase {

    @Test
    void messagesReadByAnotherMemberAfterItsLeaseExpiredComeInOrder() {
        MessageSource source = member();
        fixture.publish(topic, 3);
        consume(source, 3);
        fixture.publish(topic, 3, 20);

        fixture.readOneAs(LeaseAwareMembers.GENERATED_PREFIX + "expired", topic);
        fixture.readOneAs(LeaseAwareMembers.GENERATED_PREFIX + "expired", topic);

        assertThat(numbers(poll(source, 17))).containsExactlyElementsOf(range(3, 20));
    }

    @Test
    void messagesGivenToALateReadOfThisMemberComeInOrder() {
        MessageSource source = member();
        fixture.publish(topic, 3);
        consume(source, 3);
        fixture.publish(topic, 3, 20);

        fixture.readOneAs(LeaseCommands.consumerOf(fixture.client().get(leaseKey())), topic);

        assertThat(numbers(poll(source, 17))).containsExactlyElementsOf(range(3, 20));
    }

    @Test
    void inFlightMessagesOfAPythonMemberAreLeftToIt() {
        fixture.publish(topic, 10);
        fixture.client().xgroupCreate(XReadArgs.StreamOffset.from(topic, "0-0"), "group");
        fixture.readOneAs("python", topic);
        fixture.readOneAs("python", topic);

        assertThat(numbers(poll(member(), 8))).containsExactlyElementsOf(range(2, 10));
    }

    @Test
    void aMemberWithoutALeaseIsAWarningOfTheCheck() {
        fixture.publish(topic, 3);
        MessageSource source = member();
        source.poll(1, Duration.ZERO);
        try (TransportAdmin admin = fixture.transport().admin().orElseThrow()) {
            CheckSpec spec =
                    new CheckSpec(List.of(topic), Map.of(), Set.of(), Optional.of("group"), "", Map.of(), Set.of());
            assertThat(admin.check(spec))
                    .extracting(Diagnostic::subject, Diagnostic::status)
                    .contains(
                            Tuple.tuple("members", Diagnostic.Status.OK),
                            Tuple.tuple("permissions", Diagnostic.Status.OK));

            fixture.readOneAs("python", topic);

            assertThat(admin.check(spec))
                    .filteredOn(check -> check.subject().equals("members"))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.status()).isEqualTo(Diagnostic.Status.WARNING);
                        assertThat(check.detail()).contains(topic, "group", "python", "order");
                        assertThat(check.hint()).hasValue("stop the members of one kind");
                    });
        }
    }

    @Test
    void inFlightMessagesBecomePendingAgainAfterTheirConsumerWasRemoved() {
        fixture.publish(topic, 8);
        MessageSource source = member();
        List<IncomingMessage> inFlight = poll(source, 8);
        source.acknowledge(inFlight.subList(0, 2));
        String consumer = LeaseCommands.consumerOf(fixture.client().get(leaseKey()));

        fixture.client().xgroupDelconsumer(topic, Consumer.from("group", consumer));
        assertThat(fixture.client().xpending(topic, "group").getCount()).isZero();
        source.poll(10, Duration.ZERO);

        assertThat(fixture.client().xpending(topic, "group").getCount()).isEqualTo(6);
        source.close();
        assertThat(numbers(poll(member(), 6))).containsExactlyElementsOf(range(2, 8));
    }

    @Test
    void whatTheNextMemberHasAcknowledgedDoesNotBecomePendingAgainAfterALateRead() {
        fixture.inspectingOnce();
        fixture.publish(topic, 5);
        MessageSource source = member();
        List<IncomingMessage> inFlight = poll(source, 5);
        CompletableFuture<List<IncomingMessage>> late =
                CompletableFuture.supplyAsync(() -> source.poll(10, Duration.ofSeconds(30)));
        await().until(() -> fixture.client().info("clients").contains("blocked_clients:1"));

        fixture.client().set(leaseKey(), LeaseAwareMembers.GENERATED_PREFIX + "next/1");
        await().atMost(TAKEOVER).until(() -> inFlight.stream().noneMatch(source::owns));
        inFlight.forEach(message ->
                fixture.client().xack(topic, "group", message.position().toString()));
        fixture.publish(topic, 5, 6);
        fixture.client().del(leaseKey());

        assertThat(late).succeedsWithin(TAKEOVER);
        assertThat(numbers(late.join())).containsExactly(5);
    }

    @Test
    void aKilledConsumerThatWasRemovedWithPendingMessagesIsReported(@TempDir Path folder) throws Exception {
        String consumer = killAndRemove(folder);

        pollThroughTakeover(member(), 1);

        assertReportedAsRemoved(consumer);
    }

    @Test
    void aKilledConsumerThatWasRemovedIsReportedToASuccessorOfTheSameName(@TempDir Path folder) throws Exception {
        String consumer = killAndRemove(folder);

        pollThroughTakeover(
                fixture.source(fixture.spec(
                        consumer, StartAt.earliest(), Map.of(SourceOptions.LEASE_SECONDS, LEASE_SECONDS), topic)),
                1);

        assertReportedAsRemoved(consumer);
    }

    private String killAndRemove(Path folder) throws Exception {
        fixture.publish(topic, 100);
        Path output = folder.resolve("member");
        Process killed = MemberProcess.start(output, redis.url(), topic);
        MemberProcess.awaitStarted(output, 3);
        String state = LeaseCommands.stateKey(topic, "group");
        await().atMost(TAKEOVER).until(() -> !"0".equals(fixture.client().hget(state, TopicState.PENDING)));
        String consumer = LeaseCommands.consumerOf(fixture.client().get(leaseKey()));
        killed.destroyForcibly().waitFor();
        fixture.client().xgroupDelconsumer(topic, Consumer.from("group", consumer));
        return consumer;
    }

    private void assertReportedAsRemoved(String consumer) {
        assertThat(fixture.incidents())
                .filteredOn(incident -> incident.kind() == Kind.PENDING_LOST)
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.messages()).isEqualTo(-1);
                    assertThat(incident.detail())
                            .contains(consumer, "XGROUP DELCONSUMER", "messages at its last inspection");
                });
    }
}
