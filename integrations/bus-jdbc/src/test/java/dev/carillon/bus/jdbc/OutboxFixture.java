package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.config.Settings;
import dev.carillon.testkit.WithRedis;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests with a database, a Redis, and relays between them. */
@WithRedis
abstract class OutboxFixture {

    static final RelayOptions OPTIONS =
            RelayOptions.defaults().withPollInterval(Duration.ofMillis(10)).withLease(Duration.ofSeconds(1));
    static final Duration SECONDS = Duration.ofSeconds(15);

    private final List<OutboxRelay> relays = new ArrayList<>();
    final Settings settings;
    final RedisTopics redis;
    DataSource dataSource = TestDatabase.dataSource("jdbc:h2:mem:none");

    OutboxFixture(Settings settings) {
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
    void close() {
        relays.forEach(OutboxRelay::close);
        redis.close();
    }

    final OutboxRelay relay() {
        return relay(OPTIONS);
    }

    final OutboxRelay relay(RelayOptions options) {
        return relay(redis, options);
    }

    final OutboxRelay relay(RedisTopics broker, RelayOptions options) {
        OutboxRelay relay =
                OutboxRelay.of(dataSource, broker.producer(), options).start();
        relays.add(relay);
        return relay;
    }

    final Connection transaction() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    final void commit(String topic, String... texts) throws SQLException {
        commit(redis, topic, texts);
    }

    final void commit(RedisTopics broker, String topic, String... texts) throws SQLException {
        try (Connection connection = transaction()) {
            for (String text : texts) {
                JdbcOutbox.add(connection, broker.event(topic, text));
            }
            connection.commit();
        }
    }

    final void awaitPublished(String topic, String... texts) {
        awaitPublished(redis, topic, List.of(texts));
    }

    static void awaitPublished(RedisTopics broker, String topic, List<String> texts) {
        await("events of " + topic)
                .atMost(SECONDS)
                .untilAsserted(() -> assertThat(broker.published(topic)).isEqualTo(texts));
    }

    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    final long rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM carillon_outbox")) {
            row.next();
            return row.getLong(1);
        }
    }
}
