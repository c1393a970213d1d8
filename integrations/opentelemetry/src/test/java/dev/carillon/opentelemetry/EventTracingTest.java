package dev.carillon.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.jdbc.JdbcOutbox;
import dev.carillon.bus.jdbc.JdbcSchema;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is closed, not used
class EventTracingTest {

    record Loan(String isbn, @Pii String reader) {}

    private static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    private static final Signal<Loan> REMINDED = Signal.of("org.example.library.reminded.v1", "loan", Loan.class);
    private static final Loan LOAN = new Loan("978-3", "ada-lovelace");
    private static final Duration SOON = Duration.ofMillis(10);
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "monitoring.md");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                    W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
            .build();
    private final Tracer tracer = telemetry.getTracer("library");
    private final MemoryBroker broker = new MemoryBroker();
    private final Events events = Events.create("library");
    private final EventBus bus = open(EventTracing.of(telemetry));

    private EventBus open(EventTracing tracing) {
        return EventBus.builder(Settings.of(Map.of()), events)
                .transport(broker)
                .intercept(tracing)
                .open();
    }

    @AfterEach
    void close() {
        bus.close();
        telemetry.close();
    }

    private void send(Loan loan) {
        bus.send(LENT, "loans", "loan.isbn", loan).join();
    }

    private void consume() {
        ConsumerOptions options = ConsumerOptions.defaults()
                .withStartAt(StartAt.earliest())
                .withRetries(RetryPolicy.defaults().withMaxAttempts(2).withDelays(SOON, SOON))
                .withMaxEvents(1);
        bus.consumer(List.of("loans"), "lending", options).run();
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private SpanData span(String name) {
        assertThat(spans(name)).hasSize(1);
        return spans(name).get(0);
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    @Test
    void oneTraceLeadsFromTheSenderThroughAReceiverToWhatItSends() {
        events.connect(
                LENT,
                "lending",
                event -> bus.send(REMINDED, "reminders", "loan.isbn", event.data())
                        .join());
        Span request = tracer.spanBuilder("POST /loans").startSpan();
        try (Scope ignored = request.makeCurrent()) {
            send(LOAN);
        }
        request.end();

        consume();

        SpanData sent = span("send loans");
        SpanData processed = span("process loans");
        SpanData reminded = span("send reminders");
        assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(processed.getParentSpanId()).isEqualTo(sent.getSpanId());
        assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(processed.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(sent.getSpanId());
        assertThat(reminded.getParentSpanId()).isEqualTo(processed.getSpanId());
        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsOnly(request.getSpanContext().getTraceId());
    }

    @Test
    void spansAreDescribedByOpenTelemetrysNames() {
        events.connect(LENT, "lending", event -> {});
        send(LOAN);
        consume();

        SpanData processed = span("process loans");
        assertThat(text(processed, "messaging.system")).isEqualTo("memory");
        assertThat(text(processed, "messaging.destination.name")).isEqualTo("loans");
        assertThat(text(processed, "messaging.operation.type")).isEqualTo("process");
        assertThat(text(processed, "messaging.consumer.group.name")).isEqualTo("lending");
        assertThat(text(processed, "messaging.message.id")).isEqualTo(text(span("send loans"), "messaging.message.id"));
        assertThat(text(processed, "cloudevents.event_type")).isEqualTo(LENT.eventType());
        assertThat(text(processed, "carillon.delivery.outcome")).isEqualTo("delivered");
        assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void eachAttemptIsASpanThatSaysHowItEndedAndNothingPersonal() {
        events.connect(LENT, "lending", event -> {
            throw new IllegalStateException("no card for " + event.data().reader());
        });
        send(LOAN);
        consume();

        List<SpanData> attempts = spans("process loans");
        assertThat(attempts)
                .extracting(span -> text(span, "carillon.delivery.outcome"))
                .containsExactly("retried", "failed");
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(AttributeKey.longKey("carillon.delivery.attempt")))
                .containsExactly(1L, 2L);
        assertThat(attempts).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(text(span, "error.type")).isEqualTo("java.lang.IllegalStateException");
            assertThat(span.getEvents()).hasSize(1);
            assertThat(span.getParentSpanId()).isEqualTo(span("send loans").getSpanId());
        });
        assertThat(exporter.getFinishedSpanItems().toString())
                .contains("no card for")
                .doesNotContain("ada-lovelace");
    }

    @Test
    void theTraceSurvivesAnOutbox() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:tracing;DB_CLOSE_DELAY=-1");
        JdbcSchema.create(database);
        Span request = tracer.spanBuilder("POST /loans").startSpan();
        try (Scope ignored = request.makeCurrent();
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            JdbcOutbox.add(
                    connection, bus.producer().encode(LENT, "loans", "loan.isbn", LOAN, events.newMetadata(LENT)));
            connection.commit();
        }
        events.connect(LENT, "lending", event -> {});
        try (OutboxRelay relay = OutboxRelay.of(database, bus.producer()).start()) {
            consume();
        }

        SpanData created = span("create loans");
        SpanData sent = span("send loans");
        assertThat(created.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(created.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(sent.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(created.getSpanId());
        assertThat(span("process loans").getParentSpanId()).isEqualTo(created.getSpanId());
    }

    @Test
    @SuppressWarnings("NullAway") // what cannot be sent
    void anEventThatCannotBeSentIsAFailedSpan() {
        assertThat(bus.send(LENT, "loans", "loan.isbn", new Loan("978-3", null)))
                .isCompletedExceptionally();

        SpanData sent = span("send loans");
        assertThat(sent.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(sent, "error.type")).isNotEmpty();
    }

    @Test
    void baggageReachesTheReceiversExceptWhenItFitsIntoNoHeader() {
        AtomicReference<String> seen = new AtomicReference<>();
        AtomicInteger deliveries = new AtomicInteger();
        events.connect(LENT, "lending", event -> {
            deliveries.incrementAndGet();
            seen.set(Baggage.current().getEntryValue("branch"));
        });
        try (Scope ignored = Baggage.builder().put("branch", "north").build().makeCurrent()) {
            send(LOAN);
        }
        consume();
        assertThat(seen).hasValue("north");

        try (Scope ignored =
                Baggage.builder().put("branch", "n".repeat(9_000)).build().makeCurrent()) {
            send(LOAN);
        }
        consume();
        assertThat(deliveries).hasValue(2);
        assertThat(seen).hasValue(null);
    }

    @Test
    void anEventOfASenderWithoutTracingBeginsATrace() {
        try (EventBus untraced = EventBus.open(Settings.of(Map.of()), events, broker)) {
            untraced.send(LENT, "loans", "loan.isbn", LOAN).join();
        }
        AtomicReference<String> current = new AtomicReference<>();
        events.connect(
                LENT,
                "lending",
                event -> current.set(Span.current().getSpanContext().getSpanId()));

        consume();

        SpanData processed = span("process loans");
        assertThat(processed.getParentSpanContext().isValid()).isFalse();
        assertThat(processed.getLinks()).isEmpty();
        assertThat(current).hasValue(processed.getSpanId());
    }

    @Test
    void withoutATracerNothingTravelsAndNothingIsDisturbed() {
        AtomicInteger deliveries = new AtomicInteger();
        events.connect(LENT, "lending", event -> deliveries.incrementAndGet());
        try (EventBus plain = open(EventTracing.of(OpenTelemetry.noop()))) {
            plain.send(LENT, "loans", "loan.isbn", LOAN).join();
        }

        consume();

        assertThat(deliveries).hasValue(1);
    }

    @Test
    void theDocumentNamesExactlyTheAttributesThatThereAre() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        events.connect(LENT, "lending", event -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no card");
            }
        });
        send(LOAN);
        consume();

        Set<String> existing = exporter.getFinishedSpanItems().stream()
                .flatMap(span -> span.getAttributes().asMap().keySet().stream())
                .map(AttributeKey::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        existing.add("messaging.destination.partition.id"); // on Kafka
        String table =
                Files.readString(DOCUMENT).replaceAll("(?s).*\\| attribute \\| spans \\| value \\|(.*?)\n\n.*", "$1");
        assertThat(Pattern.compile("`([a-z_]+(?:\\.[a-z_]+)+)`(?=.* \\| .* \\| )")
                        .matcher(table)
                        .results()
                        .map(MatchResult::group)
                        .map(name -> name.replace("`", "")))
                .containsExactlyInAnyOrderElementsOf(existing);
    }
}
