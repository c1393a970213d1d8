package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import dev.carillon.testing.CapturedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a relay guarantees on every database. */
abstract class RelayContract extends OutboxFixture {

    RelayContract(Settings settings) {
        super(settings);
    }

    @Test
    void whenTheActiveRelayIsClosedTheOtherTakesOverAtOnce() throws Exception {
        OutboxRelay first = relay();
        await().atMost(SECONDS).until(() -> first.status().active());
        OutboxRelay second = relay(OPTIONS.withLease(Duration.ofSeconds(30)));
        commit("steps", "one");
        awaitPublished("steps", "one");
        assertThat(second.status().active()).isFalse();

        first.close();

        assertThat(first.status().active()).isFalse();
        commit("steps", "two");
        awaitPublished("steps", "one", "two");
        assertThat(second.status().active()).isTrue();
    }

    @Test
    void whenTheActiveRelayIsKilledTheOtherTakesOverWithinSeconds() throws Exception {
        try (RelayProcess killed = new RelayProcess(database(), settings, OPTIONS)) {
            commit("steps", "one");
            awaitPublished("steps", "one");
            OutboxRelay other = relay();
            commit("steps", "two");
            awaitPublished("steps", "one", "two");
            assertThat(other.status().active()).isFalse();
            // If it is killed between publishing an event and recording that, the event is published again.
            await("the published events to be recorded")
                    .until(() -> other.status().waiting() == 0);

            killed.kill();

            commit("steps", "three");
            awaitPublished("steps", "one", "two", "three");
            assertThat(other.status().active()).isTrue();
        }
    }

    @Test
    void anEventThatCannotBePublishedIsDeadLetteredAndTheOthersGoOn() throws Exception {
        commit("steps", "before", "damaged", "after");
        damage(2);

        OutboxRelay relay = relay();

        awaitPublished("steps", "before", "after");
        assertThat(relay.deadLetteredEvents()).singleElement().satisfies(event -> {
            assertThat(event.topic()).endsWith("-steps");
            assertThat(event.eventType()).isEqualTo(Step.TAKEN.eventType());
            assertThat(event.cause()).isEqualTo("the row does not hold an event");
            assertThat(event.writtenAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(event.blocking()).isFalse();
        });
        assertThat(relay.status().deadLettered()).isEqualTo(1);

        repair();
        long id = relay.deadLetteredEvents().get(0).id();
        assertThat(relay.redrive(id)).isTrue();

        awaitPublished("steps", "before", "after", "damaged");
        assertThat(relay.deadLetteredEvents()).isEmpty();
        assertThat(relay.redrive(id)).isFalse();
    }

    @Test
    void anEventThatCannotBePublishedBlocksThoseBehindItUntilItIsRedriven() throws Exception {
        RelayOptions blocking = OPTIONS.withOnUnpublishable(OnUnpublishable.BLOCK);
        commit("steps", "before", "damaged", "after", "after that");
        damage(2);
        OutboxRelay first = relay(blocking);
        await().atMost(SECONDS).until(() -> first.status().blocked() == 2);
        first.close();
        OutboxRelay relay = relay(blocking);
        commit("others", "other");
        awaitPublished("others", "other");
        await().atMost(SECONDS).until(() -> relay.status().waiting() == 2);
        assertThat(relay.status().blocked()).isEqualTo(2);
        assertThat(relay.status().deadLettered()).isEqualTo(1);
        assertThat(relay.deadLetteredEvents().get(0).blocking()).isTrue();
        assertThat(redis.published("steps")).containsExactly("before");

        repair();
        assertThat(relay.redrive(relay.deadLetteredEvents().get(0).id())).isTrue();

        awaitPublished("steps", "before", "damaged", "after", "after that");
    }

    @Test
    void anEventThatIsDiscardedUnblocksThoseBehindIt() throws Exception {
        commit("steps", "damaged", "after");
        damage(1);
        OutboxRelay relay = relay(OPTIONS.withOnUnpublishable(OnUnpublishable.BLOCK));
        await().atMost(SECONDS).until(() -> relay.status().blocked() == 1);

        long id = relay.deadLetteredEvents().get(0).id();
        assertThat(relay.discard(id)).isTrue();

        awaitPublished("steps", "after");
        assertThat(relay.discard(id)).isFalse();
        assertThat(relay.deadLetteredEvents()).isEmpty();
    }

    @Test
    void theStatusHasTheNumberOfWaitingEventsAndTheAgeOfTheOldest() throws Exception {
        OutboxRelay idle = OutboxRelay.of(dataSource, redis.producer());
        assertThat(idle.status()).isEqualTo(new OutboxStatus(0, 0, 0, Optional.empty(), false));
        commit("steps", "one", "two");
        database().execute("UPDATE carillon_outbox SET created_ms = created_ms - 60000");
        commit("steps", "three");

        OutboxStatus status = idle.status();

        assertThat(status.waiting()).isEqualTo(3);
        assertThat(status.oldestAge().orElseThrow()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    @Test
    void publishedEventsAreDeletedAfterTheirRetention() throws Exception {
        commit("steps", "long ago");
        OutboxRelay first = relay();
        await().atMost(SECONDS).until(() -> first.status().waiting() == 0);
        long eightDays = Duration.ofDays(8).toMillis();
        database().execute("UPDATE carillon_outbox SET finished_ms = finished_ms - " + eightDays);
        commit("steps", "now");
        await().atMost(SECONDS).until(() -> first.status().waiting() == 0);
        first.close();
        assertThat(rows()).isEqualTo(2);

        relay();

        await().atMost(SECONDS).until(() -> rows() == 1);
    }

    @Test
    void aRelayReconnectsAfterItsConnectionsBreak() throws Exception {
        relay();
        try (CapturedLog log = new CapturedLog(OutboxRelay.class)) {
            for (String text : numbers(0, 60)) {
                commit("steps", text);
                if (text.endsWith("9")) {
                    database().cutConnections();
                }
            }

            awaitPublished(redis, "steps", numbers(0, 60));
            assertThat(log.warningsAndErrors()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
        }
    }

    /** Damages the metadata of a row; the first is number 1. */
    private void damage(int number) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            long id = new OutboxTable(connection, Ordering.BY_KEY)
                    .waitingIds(List.of(), List.of())
                    .get(number - 1);
            database().execute("UPDATE carillon_outbox SET metadata = CONCAT('!', metadata) WHERE id = " + id);
        }
    }

    private void repair() throws SQLException {
        database().execute("UPDATE carillon_outbox SET metadata = SUBSTRING(metadata, 2) WHERE metadata LIKE '!%'");
    }
}
