package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.internal.Shown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the inbox guarantees on every database. */
abstract class InboxContract {

    private static final Duration SECONDS = Duration.ofSeconds(30);

    private final Events events = Events.create("test");
    private DataSource dataSource = TestDatabase.dataSource("jdbc:h2:mem:none");
    private Inbox inbox = Inbox.of(dataSource, "none");

    abstract TestDatabase database();

    @BeforeEach
    void createTables() throws SQLException {
        database().prepare();
        database().execute("CREATE TABLE effects (effect VARCHAR(100) NOT NULL)");
        dataSource = database().dataSource();
        inbox = Inbox.of(dataSource, "credentials");
    }

    @AfterEach
    void dropTable() throws SQLException {
        database().execute("DROP TABLE effects");
    }

    private Event<Step> event(String text) {
        return new Event<>(Step.TAKEN, new Step("learner", text), events.newMetadata(Step.TAKEN), true);
    }

    private static void effect(Event<Step> event, Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO effects VALUES (?)")) {
            insert.setString(1, event.data().text());
            insert.executeUpdate();
        }
    }

    private List<String> effects() throws SQLException {
        List<String> effects = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT effect FROM effects ORDER BY effect")) {
            while (rows.next()) {
                effects.add(rows.getString(1));
            }
        }
        return effects;
    }

    private long rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM carillon_inbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void anEventThatIsDeliveredTwiceIsHandledOnceAndCounted() throws Exception {
        Receiver<Step> receiver = inbox.once("award", InboxContract::effect);
        Event<Step> event = event("one");

        receiver.receive(event);
        receiver.receive(event);
        receiver.receive(event("two"));

        assertThat(effects()).containsExactly("one", "two");
        assertThat(inbox.duplicates()).isEqualTo(1);
    }

    @Test
    void aFailedReceiverLeavesNeitherEffectNorRecord() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Receiver<Step> receiver = inbox.once("award", (event, connection) -> {
            effect(event, connection);
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
            }
        });
        Event<Step> event = event("one");

        assertThatThrownBy(() -> receiver.receive(event)).hasMessage("the first time");
        assertThat(effects()).isEmpty();
        assertThat(rows()).isZero();

        receiver.receive(event);

        assertThat(effects()).containsExactly("one");
        assertThat(inbox.duplicates()).isZero();
    }

    @Test
    void aCrashBetweenEffectAndCommitLeavesNeither() throws Exception {
        Event<Step> event = event("one");
        Receiver<Step> crashing = inbox.once("award", (received, connection) -> {
            effect(received, connection);
            database().cutConnections();
        });

        assertThatThrownBy(() -> crashing.receive(event)).isInstanceOf(SQLException.class);

        assertThat(effects()).isEmpty();
        assertThat(rows()).isZero();
        inbox.once("award", InboxContract::effect).receive(event);
        assertThat(effects()).containsExactly("one");
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    @Test
    void aReceiverCannotEndTheTransactionOfTheInbox() throws Exception {
        List<Ending> endings = List.of(
                Connection::commit,
                Connection::rollback,
                Connection::close,
                connection -> connection.setAutoCommit(true),
                connection -> connection.abort(Runnable::run));
        for (Ending ending : endings) {
            Receiver<Step> receiver = inbox.once("award", (event, connection) -> {
                effect(event, connection);
                ending.end(connection);
            });

            assertThatThrownBy(() -> receiver.receive(event("one")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Receiver 'award' of the inbox called ");
        }
        assertThat(effects()).isEmpty();
        assertThat(rows()).isZero();
    }

    private interface Detour {
        Connection lead(Connection connection) throws SQLException;
    }

    @Test
    void statementsResultSetsAndMetadataReturnTheGuardedConnection() throws Exception {
        List<Detour> detours = List.of(
                connection -> connection.createStatement().getConnection(),
                connection -> connection.prepareStatement("SELECT 1").getConnection(),
                connection -> connection
                        .prepareStatement("SELECT 1")
                        .executeQuery()
                        .getStatement()
                        .getConnection(),
                connection -> {
                    Statement statement = connection.createStatement();
                    statement.execute("SELECT 1");
                    ResultSet row = statement.getResultSet();
                    assertThat(row.getStatement()).isSameAs(statement);
                    assertThat(row.next() && row.getInt(1) == 1).isTrue();
                    return row.getStatement().getConnection();
                },
                connection -> connection.getMetaData().getConnection());
        for (Detour detour : detours) {
            Receiver<Step> receiver = inbox.once("award", (event, connection) -> {
                effect(event, connection);
                Connection found = detour.lead(connection);
                assertThat(found).isSameAs(connection).isEqualTo(connection);
                found.commit();
            });

            assertThatThrownBy(() -> receiver.receive(event("one")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Receiver 'award' of the inbox called commit");
        }
        assertThat(effects()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aReceiverThatSwallowsTheExceptionOfTheGuardFails() throws Exception {
        Receiver<Step> receiver = inbox.once("award", (event, connection) -> {
            effect(event, connection);
            assertThatThrownBy(connection::commit).isNotNull();
        });

        assertThatThrownBy(() -> receiver.receive(event("one"))).hasMessageContaining("called commit");

        assertThat(effects()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void aReceiverThatUnwrapsItsConnectionAndSwitchesOnAutoCommitFails() throws Exception {
        Receiver<Step> receiver = inbox.once(
                "award",
                (event, connection) -> connection.unwrap(Connection.class).setAutoCommit(true));

        assertThatThrownBy(() -> receiver.receive(event("one"))).hasMessageContaining("switched its connection");
    }

    @Test
    void aReceiverMayUseSavepoints() throws Exception {
        Receiver<Step> receiver = inbox.once("award", (event, connection) -> {
            Savepoint before = connection.setSavepoint();
            effect(event, connection);
            connection.rollback(before);
            effect(event, connection);
            connection.setAutoCommit(false);
        });

        receiver.receive(event("one"));

        assertThat(effects()).containsExactly("one");
    }

    @Test
    void theIdGivenToOnceIsTheReceiversId() {
        assertThat(inbox.once("award", InboxContract::effect).receiverId()).isEqualTo("award");
    }

    @Test
    void anIdThatDeadLettersCannotStoreIsRejected() {
        for (String id : List.of("two\nlines", "award ", "\ud83d", "", "x".repeat(201))) {
            assertThatThrownBy(() -> inbox.once(id, InboxContract::effect))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "The id of a receiver must have 1 to 200 characters, no blank at either end")
                    .hasMessageContaining("but is " + Shown.quoted(id));
        }
    }

    @Test
    void purgingNeedsNoSecondConnection() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Inbox small = new Inbox(PoolOfOne.over(dataSource), "credentials", Duration.ofDays(30), nanos::get);
        Receiver<Step> receiver = small.once("award", InboxContract::effect);
        receiver.receive(event("old"));
        database()
                .execute("UPDATE carillon_inbox SET received_ms = received_ms - "
                        + Duration.ofDays(31).toMillis());
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());

        receiver.receive(event("new"));

        assertThat(effects()).containsExactly("new", "old");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void ofConcurrentReceiversExactlyOneHandlesTheEvent() throws Exception {
        int members = 4;
        Event<Step> event = event("one");
        CyclicBarrier together = new CyclicBarrier(members);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            Inbox member = Inbox.of(dataSource, "credentials");
            inboxes.add(member);
            Receiver<Step> receiver = member.once("award", InboxContract::effect);
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            new Thread(() -> {
                        try {
                            together.await();
                            receiver.receive(event);
                            end.complete(null);
                        } catch (Exception e) {
                            end.completeExceptionally(e);
                        }
                    })
                    .start();
        }

        assertThat(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)))
                .succeedsWithin(SECONDS);
        assertThat(effects()).containsExactly("one");
        assertThat(inboxes.stream().mapToLong(Inbox::duplicates).sum()).isEqualTo(members - 1);
    }

    @Test
    void aReceiverWaitsForTheEndOfAnotherTransactionWithTheSameEvent() throws Exception {
        Event<Step> event = event("one");
        UUID id = event.metadata().id();
        CompletableFuture<Void> second = new CompletableFuture<>();
        try (Connection first = dataSource.getConnection()) {
            first.setAutoCommit(false);
            assertThat(inbox.markHandled(first, "award", id)).isTrue();
            new Thread(() -> {
                        try {
                            inbox.once("award", InboxContract::effect).receive(event);
                            second.complete(null);
                        } catch (Exception e) {
                            second.completeExceptionally(e);
                        }
                    })
                    .start();
            assertThat(effects()).isEmpty();

            first.rollback();
        }

        assertThat(second).succeedsWithin(SECONDS);
        assertThat(effects()).containsExactly("one");
    }

    @Test
    void eachGroupAndEachReceiverHandlesAnEvent() throws Exception {
        Event<Step> event = event("one");
        Inbox others = Inbox.of(dataSource, "others");

        inbox.once("award", InboxContract::effect).receive(event);
        inbox.once("Award", InboxContract::effect).receive(event);
        others.once("award", InboxContract::effect).receive(event);

        assertThat(effects()).containsExactly("one", "one", "one");
        assertThat(inbox.duplicates() + others.duplicates()).isZero();
    }

    @Test
    void theRecordBelongsToTheCallersTransaction() throws Exception {
        UUID id = event("one").metadata().id();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(inbox.markHandled(connection, "award", id)).isTrue();
            connection.rollback();
            assertThat(inbox.markHandled(connection, "award", id)).isTrue();
            connection.commit();

            assertThat(inbox.markHandled(connection, "award", id)).isFalse();

            connection.rollback();
        }
        assertThat(inbox.duplicates()).isEqualTo(1);
    }

    @Test
    void withoutATransactionNothingIsRecorded() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            assertThatThrownBy(() -> inbox.markHandled(connection, "award", UUID.randomUUID()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "Events must be recorded in the inbox within a transaction, but this connection");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void idsOlderThanTheRetentionArePurged() throws Exception {
        Event<Step> old = event("old");
        Receiver<Step> receiver = inbox.once("award", InboxContract::effect);
        receiver.receive(old);
        Inbox.of(dataSource, "others").once("award", InboxContract::effect).receive(old);
        long days = Duration.ofDays(31).toMillis();
        database().execute("UPDATE carillon_inbox SET received_ms = received_ms - " + days);
        receiver.receive(event("new"));

        assertThat(inbox.withRetention(Duration.ofDays(60)).purge()).isZero();
        assertThat(inbox.purge()).isEqualTo(1);

        assertThat(rows()).isEqualTo(2);
    }
}
