package dev.carillon.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.bus.jdbc.JdbcOutbox;
import dev.carillon.bus.jdbc.JdbcSchema;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventMetricsTest {

    record Loan(String isbn, @Pii String reader) {}

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Path PROJECT = Path.of("..", "..");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EventMetrics metrics = EventMetrics.of(registry, SOON);
    private final Events events = Events.create("library");
    private final EventBus bus = EventBus.builder(Settings.of(Map.of()), events)
            .transport(new MemoryBroker())
            .intercept(metrics)
            .open();

    @AfterEach
    void close() {
        bus.close();
        metrics.close();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            bus.send(LENT, "loans", "loan.isbn", new Loan("978-" + i, "ada-lovelace"))
                    .join();
        }
    }

    private EventConsumer consume(int count) {
        ConsumerOptions options = ConsumerOptions.defaults()
                .withStartAt(StartAt.earliest())
                .withRetries(RetryPolicy.defaults().withMaxAttempts(2).withDelays(SOON, SOON))
                .withMaxEvents(count);
        EventConsumer consumer = metrics.watch(bus.consumer(List.of("loans"), "badges", options));
        consumer.run();
        return consumer;
    }

    private double value(String meter, String... tags) {
        return registry.get(meter)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Test
    void aConsumerThatReplacesAnotherTakesOverItsMeters() {
        events.connect(LENT, "slips", event -> {});
        send(3);
        consume(2).close();

        EventConsumer second =
                metrics.watch(bus.consumer("loans", "badges")).start().awaitReady(Duration.ofSeconds(10));

        await().until(() -> value("carillon.consumer.acknowledged") == 3);
        assertThat(value("carillon.consumer.ready")).isEqualTo(1);
        second.close();
        assertThat(value("carillon.consumer.ready")).isZero();
    }

    @Test
    void deliveriesAreTimedByOutcomeAndReceiver() {
        events.connect(LENT, "slips", event -> {});
        events.connect(LENT, "badges", event -> {
            throw new IllegalStateException("no badge");
        });
        send(1);

        consume(1);

        for (String outcome : List.of("retried", "failed")) {
            assertThat(registry.get("messaging.process.duration")
                            .tags(
                                    "messaging.destination.name",
                                    "loans",
                                    "messaging.consumer.group.name",
                                    "badges",
                                    "carillon.event.type",
                                    LENT.eventType(),
                                    "carillon.outcome",
                                    outcome)
                            .timer()
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
        assertThat(receiver("slips", "none").count()).isEqualTo(1);
        assertThat(receiver("badges", "java.lang.IllegalStateException").count())
                .isEqualTo(2);
        assertThat(registry.find("carillon.event.age").timer()).isNull();
    }

    private Timer receiver(String receiver, String error) {
        return registry.get("carillon.receiver.duration")
                .tags("carillon.receiver", receiver, "error.type", error)
                .timer();
    }

    @Test
    void theAgeOfHandledEventsIsMeasured() {
        events.connect(LENT, "slips", event -> {});
        send(3);

        consume(3);

        Timer age = registry.get("carillon.event.age").timer();
        assertThat(age.count()).isEqualTo(3);
        assertThat(age.totalTime(java.util.concurrent.TimeUnit.SECONDS)).isBetween(0.0, 60.0);
    }

    @Test
    void sendsAreTimedByResult() {
        send(2);
        assertThat(bus.send(LENT, "loans", "loan.title", new Loan("978", "ada")))
                .isCompletedExceptionally();

        Timer sent = registry.get("messaging.client.operation.duration")
                .tags("messaging.destination.name", "loans", "carillon.route", "direct", "error.type", "none")
                .timer();
        assertThat(sent.count()).isEqualTo(2);
        assertThat(registry.get("messaging.client.operation.duration")
                        .tags("error.type", "java.lang.IllegalArgumentException")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsHealthAndLagOfAConsumerAreReported() {
        events.connect(LENT, "slips", event -> {});
        send(3);
        EventConsumer consumer = consume(2);

        assertThat(value("carillon.consumer.delivered", "messaging.consumer.group.name", "badges"))
                .isEqualTo((double) consumer.counts().delivered());
        assertThat(value("carillon.consumer.ready", "carillon.topics", "loans")).isZero();
        await("the lag")
                .untilAsserted(() -> assertThat(value("carillon.group.lag", "messaging.destination.name", "loans"))
                        .isEqualTo(1.0));
        assertThat(value("carillon.group.oldest.age")).isGreaterThanOrEqualTo(0.0);
    }

    @Test
    void theOutboxAndTheInboxAreReported() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:metrics;DB_CLOSE_DELAY=-1");
        JdbcSchema.create(database);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.add(
                    connection,
                    bus.producer()
                            .encode(LENT, "loans", "loan.isbn", new Loan("978", "ada"), events.newMetadata(LENT)));
            connection.commit();
        }
        OutboxRelay relay = metrics.watch(OutboxRelay.of(database, bus.producer()));
        metrics.watch(Inbox.of(database, "badges"), "badges");

        await("the depth")
                .untilAsserted(
                        () -> assertThat(value("carillon.outbox.waiting")).isEqualTo(1.0));
        relay.start();
        await("the empty outbox")
                .untilAsserted(
                        () -> assertThat(value("carillon.outbox.waiting")).isZero());
        assertThat(value("carillon.inbox.duplicates")).isZero();
        assertThat(registry.get("messaging.client.operation.duration")
                        .tags("carillon.route", "from_outbox", "error.type", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        relay.close();
    }

    /** Every meter, by what the other tests do. */
    private void registerAll() throws SQLException {
        countsHealthAndLagOfAConsumerAreReported();
        theOutboxAndTheInboxAreReported();
    }

    @Test
    void theDocumentListsEveryMeterWithItsTags() throws Exception {
        registerAll();

        Map<String, String> documented = Pattern.compile(
                        "\\| `([a-z.]+)` \\| (timer|counter|gauge) \\|[^|]*\\|([^|]*)\\|")
                .matcher(Files.readString(PROJECT.resolve("docs/monitoring.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) + " " + tags(row.group(3))));
        Map<String, String> registered = registry.getMeters().stream()
                .collect(Collectors.toMap(
                        meter -> meter.getId().getName(), EventMetricsTest::describe, (one, other) -> one));

        assertThat(registered).isEqualTo(documented);
    }

    private static String describe(Meter meter) {
        String kind = switch (meter.getId().getType()) {
            case TIMER -> "timer";
            case COUNTER -> "counter";
            default -> "gauge";
        };
        return kind + " "
                + meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> tags(String column) {
        return Pattern.compile("`([^`]+)`")
                .matcher(column)
                .results()
                .map(tag -> tag.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDashboardShowsOnlyMetricsThatExist() throws Exception {
        registerAll();
        Set<String> existing = registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
        JsonNode dashboard =
                new ObjectMapper().readTree(Path.of("grafana/carillon.json").toFile());

        Set<String> shown = dashboard.findValuesAsText("expr").stream()
                .flatMap(expression -> Pattern.compile("\\b(?:carillon|messaging)_[a-z_]+(?=[\\[{]|$)")
                        .matcher(expression)
                        .results()
                        .map(MatchResult::group))
                .collect(Collectors.toSet());

        assertThat(shown).hasSizeGreaterThan(10).isSubsetOf(existing);
    }

    @Test
    void noTagContainsPersonalData() throws IOException {
        events.connect(LENT, "slips", event -> {});
        send(1);
        consume(1);

        assertThat(registry.scrape()).contains("carillon_receiver_duration").doesNotContain("ada-lovelace");
    }
}
