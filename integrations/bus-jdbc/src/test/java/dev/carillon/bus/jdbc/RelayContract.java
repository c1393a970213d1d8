package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a relay promises, on whatever database. */
abstract class RelayContract extends OutboxBench {

    RelayContract(Settings settings) {
        super(settings);
    }

    @Test
    void ofTwoRelaysOneWorksAndTheOtherGoesOnAtOnceWhenThatEnds() throws Exception {
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
    void aRelayThatIsKilledIsReplacedWithinSeconds() throws Exception {
        try (RelayProcess killed = new RelayProcess(database(), settings, OPTIONS)) {
            commit("steps", "one");
            awaitPublished("steps", "one");
            OutboxRelay other = relay();
            commit("steps", "two");
            awaitPublished("steps", "one", "two");
            assertThat(other.status().active()).isFalse();

            killed.kill();

            commit("steps", "three");
            awaitPublished("steps", "one", "two", "three");
            assertThat(other.status().active()).isTrue();
        }
    }

    @Test
    void anEventThatCannotBePublishedIsParkedAndTheOthersGoOn() throws Exception {
        commit("steps", "before", "unreadable", "after");
        damage(2);

        OutboxRelay relay = relay();

        awaitPublished("steps", "before", "after");
        assertThat(relay.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.topic()).endsWith("-steps");
            assertThat(parked.eventType()).isEqualTo(Step.TAKEN.eventType());
            assertThat(parked.cause()).isEqualTo("the row does not hold an event");
            assertThat(parked.written())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(parked.holding()).isFalse();
        });
        assertThat(relay.status().parked()).isEqualTo(1);

        repair();
        long id = relay.parked().get(0).id();
        assertThat(relay.release(id)).isTrue();

        awaitPublished("steps", "before", "after", "unreadable");
        assertThat(relay.parked()).isEmpty();
        assertThat(relay.release(id)).isFalse();
    }

    @Test
    void anEventThatCannotBePublishedHoldsThoseBehindItUntilItIsReleased() throws Exception {
        RelayOptions holding = OPTIONS.withOnUnpublishable(OnUnpublishable.HOLD);
        commit("steps", "before", "unreadable", "after", "after that");
        damage(2);
        OutboxRelay first = relay(holding);
        await().atMost(SECONDS).until(() -> first.status().held() == 2);
        first.close();
        OutboxRelay relay = relay(holding);
        commit("others", "other");
        awaitPublished("others", "other");
        await().atMost(SECONDS).until(() -> relay.status().waiting() == 2);
        assertThat(relay.status().held()).isEqualTo(2);
        assertThat(relay.status().parked()).isEqualTo(1);
        assertThat(relay.parked().get(0).holding()).isTrue();
        assertThat(redis.published("steps")).containsExactly("before");

        repair();
        assertThat(relay.release(relay.parked().get(0).id())).isTrue();

        awaitPublished("steps", "before", "unreadable", "after", "after that");
    }

    @Test
    void anEventThatIsDiscardedFreesThoseBehindIt() throws Exception {
        commit("steps", "unreadable", "after");
        damage(1);
        OutboxRelay relay = relay(OPTIONS.withOnUnpublishable(OnUnpublishable.HOLD));
        await().atMost(SECONDS).until(() -> relay.status().held() == 1);

        long id = relay.parked().get(0).id();
        assertThat(relay.discard(id)).isTrue();

        awaitPublished("steps", "after");
        assertThat(relay.discard(id)).isFalse();
        assertThat(relay.parked()).isEmpty();
    }

    @Test
    void theStatusTellsHowManyWaitAndSinceWhen() throws Exception {
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
    void whatWasPublishedLongAgoIsDeleted() throws Exception {
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
    void connectionsThatBreakAreMadeAgain() throws Exception {
        relay();
        try (CapturedLog log = new CapturedLog()) {
            for (String text : numbers(0, 60)) {
                commit("steps", text);
                if (text.endsWith("9")) {
                    database().cutConnections();
                }
            }

            awaitPublished(redis, "steps", numbers(0, 60));
            assertThat(log.troubles()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
        }
    }

    /** Makes the row of this number, the first being 1, one that cannot be read. */
    private void damage(int number) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            long id = new OutboxTable(connection, Lanes.OF_KEYS)
                    .waiting(List.of(), List.of())
                    .get(number - 1);
            database().execute("UPDATE carillon_outbox SET metadata = CONCAT('!', metadata) WHERE id = " + id);
        }
    }

    private void repair() throws SQLException {
        database().execute("UPDATE carillon_outbox SET metadata = SUBSTRING(metadata, 2) WHERE metadata LIKE '!%'");
    }
}
