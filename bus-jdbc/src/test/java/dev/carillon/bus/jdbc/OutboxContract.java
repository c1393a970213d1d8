package dev.carillon.bus.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.Consumer;
import dev.carillon.bus.ConsumerOptions;
import dev.carillon.bus.EncodedEvent;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.Settings;
import dev.carillon.bus.StartAt;
import dev.carillon.bus.StopReason;
import dev.carillon.bus.spi.Header;
import dev.carillon.bus.spi.MessageKey;
import dev.carillon.bus.spi.OutgoingMessage;
import dev.carillon.embedded.EmbeddedRedis;
import dev.carillon.events.Events;
import dev.carillon.events.Signals;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.WithRedis;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises, on whatever database. */
@WithRedis
abstract class OutboxContract {

    private static final RelayOptions OPTIONS =
            RelayOptions.defaults().withPollInterval(Duration.ofMillis(10)).withLease(Duration.ofSeconds(1));
    private static final Duration SECONDS = Duration.ofSeconds(15);

    private final List<OutboxRelay> relays = new ArrayList<>();
    private final Settings settings;
    private final RedisTopics redis;
    private DataSource dataSource = TestDatabase.dataSource("jdbc:h2:mem:none");

    OutboxContract(Settings settings) {
        this.settings = settings;
        this.redis = new RedisTopics(settings);
    }

    abstract TestDatabase database();

    @BeforeEach
    void emptyTables() throws SQLException {
        database().prepare();
        dataSource = database().dataSource();
    }

    @AfterEach
    void end() {
        relays.forEach(OutboxRelay::close);
        redis.refuseNothing();
        redis.close();
    }

    private OutboxRelay relay() {
        return relay(OPTIONS);
    }

    private OutboxRelay relay(RelayOptions options) {
        return relay(redis, options);
    }

    private OutboxRelay relay(RedisTopics broker, RelayOptions options) {
        OutboxRelay relay =
                OutboxRelay.of(dataSource, broker.producer(), options).start();
        relays.add(relay);
        return relay;
    }

    private Connection transaction() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private void commit(String topic, String... texts) throws SQLException {
        commit(redis, topic, texts);
    }

    private void commit(RedisTopics broker, String topic, String... texts) throws SQLException {
        try (Connection connection = transaction()) {
            for (String text : texts) {
                JdbcOutbox.add(connection, broker.event(topic, text));
            }
            connection.commit();
        }
    }

    private void commitTooLarge(String topic, String text) throws SQLException {
        try (Connection connection = transaction()) {
            JdbcOutbox.add(connection, redis.event(topic, text, "x".repeat(1_500_000)));
            connection.commit();
        }
    }

    private void awaitPublished(String topic, String... texts) {
        awaitPublished(redis, topic, List.of(texts));
    }

    private static void awaitPublished(RedisTopics broker, String topic, List<String> texts) {
        await("events of " + topic)
                .atMost(SECONDS)
                .untilAsserted(() -> assertThat(broker.published(topic)).isEqualTo(texts));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    @Test
    void anEventOfATransactionThatRollsBackIsNeverPublished() throws Exception {
        try (Connection connection = transaction()) {
            JdbcOutbox.add(connection, redis.event("steps", "rolled back"));
            connection.rollback();
        }
        commit("steps", "committed");

        OutboxRelay relay = relay();

        awaitPublished("steps", "committed");
        await().atMost(SECONDS).until(() -> relay.status().waiting() == 0);
        assertThat(redis.published("steps")).containsExactly("committed");
    }

    @Test
    void aTransactionThatCommitsLateIsNotPassedOver() throws Exception {
        relay();
        try (Connection late = transaction();
                Connection early = transaction()) {
            JdbcOutbox.add(late, redis.event("steps", "late"));
            JdbcOutbox.add(early, redis.event("steps", "early"));
            early.commit();
            awaitPublished("steps", "early");
            commit("steps", "later");
            awaitPublished("steps", "early", "later");

            late.commit();

            awaitPublished("steps", "early", "later", "late");
        }
    }

    @Test
    void interleavedTransactionsLoseNothing() throws Exception {
        relay();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String topic = "steps-" + writer;
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < 50; i++) {
                        commit(topic, String.valueOf(i));
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join();
        }

        for (int writer = 0; writer < 4; writer++) {
            awaitPublished(redis, "steps-" + writer, numbers(0, 50));
        }
    }

    @Test
    void eventsThatAreWrittenInOneTransactionKeepTheirOrder() throws Exception {
        List<String> texts = numbers(0, 1_200);
        commit("steps", texts.toArray(String[]::new));

        relay();

        awaitPublished(redis, "steps", texts);
    }

    @Test
    void largeEventsAreReadFewAtATime() throws Exception {
        List<String> texts = numbers(0, 20);
        try (Connection connection = transaction()) {
            for (String text : texts) {
                JdbcOutbox.add(connection, redis.event("steps", text, "x".repeat(1_000_000)));
            }
            connection.commit();
        }

        relay();

        awaitPublished(redis, "steps", texts);
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
    void aRelayThatWasPausedDoesNotGoOnWhereAnotherHasTakenOver() throws Exception {
        List<String> texts = numbers(0, 100);
        try (RelayProcess paused = new RelayProcess(database(), settings, OPTIONS)) {
            commit("steps", "first");
            awaitPublished("steps", "first");
            redis.pauseWrites();
            commit("steps", texts.toArray(String[]::new));
            await("the relay to send").atMost(SECONDS).until(redis::isWritePaused);
            paused.signal("STOP");
            redis.resumeWrites();
            OutboxRelay other = relay();
            await().atMost(SECONDS)
                    .until(() -> other.status().active() && other.status().waiting() == 0);

            paused.signal("CONT");
            other.close();
            commit("steps", "last");

            List<String> all = new ArrayList<>(List.of("first"));
            all.addAll(texts);
            all.add("last");
            await().atMost(SECONDS).until(() -> redis.published("steps").contains("last"));
            assertThat(new LinkedHashSet<>(redis.published("steps"))).containsExactlyElementsOf(all);
            assertThat(redis.published("steps"))
                    .as("what was under way may be there twice")
                    .hasSizeBetween(102, 103);
        }
    }

    @Test
    void aBrokerThatIsAwayOnlyMakesTheTableLonger() throws Exception {
        try (EmbeddedRedis broker = EmbeddedRedis.builder().persistent().start();
                RedisTopics away = new RedisTopics(
                        settings.with("EVENT_BUS_REDIS_CONNECTION_URL", broker.url() + "?socket_timeout=1"));
                OutboxRelay relay = OutboxRelay.of(dataSource, away.producer(), OPTIONS);
                CapturedLog log = new CapturedLog()) {
            relay.start();
            commit(away, "steps", "before");
            awaitPublished(away, "steps", List.of("before"));
            broker.kill();
            for (String text : numbers(0, 100)) {
                commit(away, "steps", text);
            }
            await("a word about it").atMost(SECONDS).until(() -> !log.troubles().isEmpty());
            OutboxStatus status = relay.status();
            assertThat(status.waiting()).isEqualTo(100);
            assertThat(status.parked()).isZero();
            assertThat(status.active()).isTrue();

            broker.restart();

            List<String> all = new ArrayList<>(List.of("before"));
            all.addAll(numbers(0, 100));
            awaitPublished(away, "steps", all);
            assertThat(log.troubles())
                    .singleElement()
                    .asString()
                    .contains("-steps cannot be published now", "127.0.0.1:" + broker.port());
        }
    }

    @Test
    void anEventThatIsTooLargeIsParkedAndTheOthersGoOn() throws Exception {
        redis.refuseMoreThanOneMegabyte();
        commit("steps", "before");
        commitTooLarge("steps", "too large");
        commit("steps", "after");

        OutboxRelay relay = relay();

        awaitPublished("steps", "before", "after");
        assertThat(relay.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.topic()).endsWith("-steps");
            assertThat(parked.eventType()).isEqualTo(Step.TAKEN.eventType());
            assertThat(parked.cause()).contains("invalid bulk length").doesNotContain("xxx");
            assertThat(parked.written())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(parked.holding()).isFalse();
        });
        assertThat(relay.status().parked()).isEqualTo(1);

        redis.refuseNothing();
        long id = relay.parked().get(0).id();
        assertThat(relay.release(id)).isTrue();

        awaitPublished("steps", "before", "after", "too large");
        assertThat(relay.parked()).isEmpty();
        assertThat(relay.release(id)).isFalse();
    }

    @Test
    void anEventThatIsTooLargeHoldsThoseBehindItUntilItIsReleased() throws Exception {
        RelayOptions holding = OPTIONS.withOnUnpublishable(OnUnpublishable.HOLD);
        redis.refuseMoreThanOneMegabyte();
        commit("steps", "before");
        commitTooLarge("steps", "too large");
        commit("steps", "after", "after that");
        relay(holding).close();
        OutboxRelay relay = relay(holding);
        commit("others", "other");
        awaitPublished("others", "other");
        await().atMost(SECONDS).until(() -> relay.status().waiting() == 2);
        awaitPublished("steps", "before");
        assertThat(relay.status().held()).isEqualTo(2);
        assertThat(relay.status().parked()).isEqualTo(1);
        assertThat(relay.parked().get(0).holding()).isTrue();

        redis.refuseNothing();
        assertThat(relay.release(relay.parked().get(0).id())).isTrue();

        awaitPublished("steps", "before", "too large", "after", "after that");
    }

    @Test
    void anEventThatIsDiscardedFreesThoseBehindIt() throws Exception {
        redis.refuseMoreThanOneMegabyte();
        commitTooLarge("steps", "too large");
        commit("steps", "after");
        OutboxRelay relay = relay(OPTIONS.withOnUnpublishable(OnUnpublishable.HOLD));
        await().atMost(SECONDS).until(() -> relay.status().held() == 1);

        long id = relay.parked().get(0).id();
        assertThat(relay.discard(id)).isTrue();

        awaitPublished("steps", "after");
        assertThat(relay.discard(id)).isFalse();
        assertThat(relay.parked()).isEmpty();
    }

    @Test
    void aRowThatCannotBeReadIsParkedWithoutShowingIt() throws Exception {
        commit("steps", "broken");
        database().execute("UPDATE carillon_outbox SET metadata = '{ secret'");
        commit("steps", "whole");

        OutboxRelay relay = relay();

        awaitPublished("steps", "whole");
        assertThat(relay.parked())
                .singleElement()
                .satisfies(parked -> assertThat(parked.cause()).isEqualTo("the row does not hold an event"));
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

    private long rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM carillon_outbox")) {
            row.next();
            return row.getLong(1);
        }
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

    @Test
    void anEventOutsideOfATransactionIsRefused() throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            JdbcOutbox outbox = JdbcOutbox.over(() -> connection);

            assertThatThrownBy(() -> outbox.add(redis.event("steps", "lost")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("An event goes to the outbox within a transaction, but this connection commits each"
                            + " statement by itself: call setAutoCommit(false), or give the connection of the"
                            + " transaction");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void aMissingTableIsNamedByTheError() throws Exception {
        database().execute("DROP TABLE carillon_outbox");
        try (Connection connection = transaction()) {
            assertThatThrownBy(() -> JdbcOutbox.add(connection, redis.event("steps", "lost")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContainingAll("write org.example.learning.step.taken.v1", "to the outbox")
                    .message()
                    .containsIgnoringCase("carillon_outbox");
        }
    }

    @Test
    void whatIsWrittenIsReadAgainBitByBit() throws Exception {
        byte[] data = new byte[256];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        EncodedEvent one = redis.event("steps", "one");
        List<EncodedEvent> written = new ArrayList<>();
        for (Object key : List.of("learner \u00e9\u0000\ud83c\udf93", Long.MIN_VALUE, 0.1, true, "")) {
            written.add(new EncodedEvent(
                    one.metadata(),
                    new OutgoingMessage(
                            "a topic",
                            "a.type",
                            List.of(new Header("a", data), new Header("a", new byte[0])),
                            new MessageKey("field", key),
                            data,
                            "{\"doc\": \"\u00e9 \ud83c\udf93 \\\\ '\"}")));
        }
        written.add(one);
        try (Connection connection = transaction()) {
            for (EncodedEvent event : written) {
                JdbcOutbox.add(connection, event);
            }
            connection.commit();
            OutboxTable table = new OutboxTable(connection);

            List<OutboxRow> rows = table.read(table.waiting(List.of(), List.of()));

            assertThat(rows)
                    .extracting(OutboxRow::event)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(written);
            assertThat(rows).extracting(OutboxRow::lane).doesNotHaveDuplicates();
        }
    }

    @Test
    void theModeOutboxIsOneSettingAway() throws Exception {
        Settings outbox = settings.with("EVENT_BUS_PRODUCER_MODE", "outbox")
                .with(
                        "EVENT_BUS_PRODUCER_CONFIG",
                        Map.of(
                                Step.TAKEN.eventType(),
                                Map.of("steps", Map.of("event_key_field", "step.learner", "enabled", true))));
        Events sender = Events.builder()
                .serviceName("sender")
                .signals(Signals.of(Step.TAKEN))
                .build();
        Events receiver = Events.builder()
                .serviceName("receiver")
                .signals(Signals.of(Step.TAKEN))
                .build();
        EventRecorder recorder = EventRecorder.of(receiver, Step.TAKEN);
        try (EventBus sending = EventBus.open(outbox, sender);
                EventBus receiving = EventBus.open(settings, receiver);
                OutboxRelay relay = OutboxRelay.of(dataSource, sending.producer(), OPTIONS);
                Connection connection = transaction()) {
            sending.publishConfigured(JdbcOutbox.over(() -> connection));
            sender.send(Step.TAKEN, new Step("learner", "rolled back"));
            connection.rollback();
            sender.send(Step.TAKEN, new Step("learner", "committed"));
            relay.start();
            Consumer consumer = receiving.consumer(
                    List.of("steps"), "readers", ConsumerOptions.defaults().withStartAt(StartAt.earliest()));
            CompletableFuture<StopReason> consuming = CompletableFuture.supplyAsync(consumer::run);
            assertThat(rows()).as("rows before the commit").isZero();

            connection.commit();

            assertThat(recorder.await(Step.TAKEN).data()).isEqualTo(new Step("learner", "committed"));
            consumer.close();
            assertThat(consuming).succeedsWithin(SECONDS);
        }
    }

    @Test
    void theFileRunsAsOneScript() throws Exception {
        database()
                .execute("DROP TABLE carillon_outbox", "DROP TABLE carillon_outbox_relay", "DROP TABLE carillon_inbox");
        String product;
        try (Connection connection = dataSource.getConnection()) {
            product = Dialect.of(connection).folder();
        }
        try (InputStream file = JdbcSchema.class.getResourceAsStream(product + "/V1__carillon_event_tables.sql")) {
            database().execute(new String(requireNonNull(file).readAllBytes(), UTF_8));
        }

        commit("steps", "one");
        relay();

        awaitPublished("steps", "one");
    }
}
