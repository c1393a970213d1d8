package dev.carillon.conventions.snippets;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.FailurePolicy;
import dev.carillon.bus.consumer.FailurePolicy.KeyPolicy;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.bus.jdbc.DeadLetteredEvent;
import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.bus.jdbc.JdbcOutbox;
import dev.carillon.bus.jdbc.OnUnpublishable;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.jdbc.OutboxStatus;
import dev.carillon.bus.jdbc.RelayOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.SendOptions;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import dev.carillon.events.TypeSerializer;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.plugins.Plugins;
import dev.carillon.micrometer.EventMetrics;
import dev.carillon.opentelemetry.EventTracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where the snippets of README and docs come from: each stands between {@code // snippet: name} and {@code // end}. Change them
 * here, then copy; {@link DocumentationTest} compares.
 */
@SuppressWarnings({"unused", "FutureReturnValueIgnored", "CheckReturnValue"}) // as in documentation
abstract class Snippets {

    // snippet: own-events
    record LoanData(
            UserData borrower,
            String isbn,
            OffsetDateTime due,
            @Nullable String note) {}

    static final Signal<LoanData> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", LoanData.class);
    // end

    // snippet: several-keys
    record Registration(UserData user, LoanData firstLoan) {}

    static final Signal<Registration> READER_REGISTERED =
            Signal.ofKeys("org.example.library.reader.registered.v1", Registration.class);
    // end

    // snippet: designed-event
    /** A book has been returned. The reader is the one who had borrowed it, whoever brought it. */
    record ReturnData(
            UUID loanId,
            UserData reader,
            String isbn,
            OffsetDateTime returnedAt,
            @Nullable OffsetDateTime overdueSince) {}

    static final Signal<ReturnData> BOOK_RETURNED =
            Signal.of("org.example.library.book.returned.v1", "book_return", ReturnData.class);
    // end

    // snippet: serializers
    enum Reason {
        LATE,
        DAMAGED
    }

    record FineData(String isbn, Reason reason, BigDecimal amount) {}

    static final Signal<FineData> FINE_PAID = Signal.of("org.example.library.fine.paid.v1", "fine", FineData.class)
            .withSerializers(TypeSerializer.ofEnum(Reason.class), TypeSerializer.decimal());
    // end

    abstract void award(long userId, CourseKey course);

    abstract void retryLater(String receiverName);

    abstract void printSlip(LoanData loan);

    void firstReceiver() {
        // snippet: first-receiver
        Events events = Events.create("badges");
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> {
            CertificateData certificate = event.data();
            award(certificate.user().id(), certificate.course().courseKey());
        });
        try (EventBus bus = EventBus.open(Settings.load(), events)) {
            bus.consumer("learning-certificate-lifecycle", "badges").runUntilShutdown();
        }
        // end
    }

    void sending(Events events, CertificateData certificate) {
        // snippet: sending
        events.send(LearningSignals.CERTIFICATE_REVOKED, certificate);
        // end
    }

    void sendingToTheBus(EventBus bus, LoanData loan) {
        // snippet: sending-to-the-bus
        bus.send(BOOK_LENT, loan); // to the topics that the settings enable for it
        bus.send(BOOK_LENT, "library-loans", "loan.isbn", loan).join(); // waits until the broker has it
        // end
    }

    void startedConsumer(EventBus bus) {
        // snippet: started-consumer
        EventConsumer consumer = bus.consumer("library-loans", "badges").start().awaitReady(Duration.ofSeconds(30));
        // end
        consumer.closeAndFlush();
    }

    void interceptors(Settings settings, Events events) {
        // snippet: interceptors
        EventInterceptor slowAttempts = new EventInterceptor() {
            @Override
            public DeliveryScope delivering(DeliveryAttempt attempt) {
                Instant begun = Instant.now();
                return new DeliveryScope() {
                    @Override
                    public void ended(DeliveryResult result) {
                        report(attempt.topic(), result.outcome(), Duration.between(begun, Instant.now()));
                    }
                };
            }
        };
        EventBus bus = EventBus.builder(settings, events)
                .intercept(EventInterceptor.logContext(), slowAttempts)
                .open();
        // end
        bus.close();
    }

    void metrics(Settings settings, Events events, MeterRegistry registry, DataSource dataSource) {
        // snippet: metrics
        EventMetrics metrics = EventMetrics.of(registry);
        EventBus bus = EventBus.builder(settings, events).intercept(metrics).open();
        EventConsumer consumer =
                metrics.watch(bus.consumer("library-loans", "badges")).start();
        metrics.watch(OutboxRelay.of(dataSource, bus.producer()).start());
        // end
    }

    void traces(Settings settings, Events events, OpenTelemetry openTelemetry) {
        // snippet: traces
        EventBus bus = EventBus.builder(settings, events)
                .intercept(EventTracing.of(openTelemetry))
                .open();
        // end
    }

    abstract void report(String topic, EventInterceptor.Outcome outcome, Duration duration);

    void sendResult(Events events, LoanData loan) {
        // snippet: send-result
        SendResult result = events.send(BOOK_LENT, loan);
        result.failures().forEach(failure -> retryLater(failure.receiverName()));
        // end
    }

    void receiverOptions(Events events, Executor executor) {
        // snippet: receiver-options
        events.connect(
                BOOK_LENT,
                event -> printSlip(event.data()),
                ReceiverOptions.id("slips").on(executor));
        // end
    }

    void plugins(Events events) {
        // snippet: plugins
        Plugins.connect(events, "lms.djangoapp");
        // end
    }

    void consumerOptions(EventBus bus) {
        // snippet: consumer-options
        ConsumerOptions options = ConsumerOptions.defaults()
                .withConcurrency(16)
                .withConsumerName("badges-1")
                .withStartAt(StartAt.earliest());
        bus.consumer(List.of("learning-certificate-lifecycle", "library-loans"), "badges", options)
                .run();
        // end
    }

    void failures(EventBus bus, DataSource dataSource) {
        // snippet: consumer-failures
        ConsumerOptions options = ConsumerOptions.defaults()
                .withRetries(RetryPolicy.defaults().withMaxAttempts(8).abortOn(IllegalArgumentException.class))
                .withRetries(LearningSignals.CERTIFICATE_CREATED, RetryPolicy.none())
                .withFailurePolicy(FailurePolicy.deadLetters(KeyPolicy.BLOCK))
                .withHealthCheck(() -> isReachable(dataSource), Duration.ofSeconds(1));
        // end
        bus.consumer(List.of("library-loans"), "badges", options).run();
    }

    private static boolean isReachable(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    void health(EventBus bus) {
        // snippet: consumer-health
        EventConsumer consumer = bus.consumer("library-loans", "badges");
        new Thread(consumer::runUntilShutdown, "badges").start();

        boolean restartMe = !consumer.health().isLive(Instant.now());
        boolean working = consumer.health().isReady(Instant.now());
        consumer.pause("library-loans");
        consumer.resume("library-loans");
        // end
        throw new IllegalStateException(restartMe + " " + working);
    }

    void redrive(EventBus bus) {
        // snippet: redrive
        DeadLetters deadLetters = bus.deadLetters("library-loans", "badges");
        deadLetters.redrive(deadLetters.list());
        bus.replay("library-loans", "badges")
                .from(StartAt.time(Instant.parse("2026-01-31T08:00:00Z")))
                .keys(Set.of("978-0441013593"))
                .run();
        // end
    }

    abstract void save(Connection connection, LoanData loan) throws SQLException;

    void outboxOfJdbc(EventBus bus, Events events, DataSource dataSource, LoanData loan) throws SQLException {
        // snippet: outbox-jdbc
        EncodedEvent event =
                bus.producer().encode(BOOK_LENT, "library-loans", "loan.isbn", loan, events.newMetadata(BOOK_LENT));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            save(connection, loan);
            JdbcOutbox.add(connection, event);
            connection.commit();
        }
        // end
    }

    void outboxOfSpring(Settings settings, Events events, DataSource dataSource) {
        // snippet: outbox-spring
        EventBus bus = EventBus.builder(settings, events)
                .outbox(JdbcOutbox.over(new TransactionAwareDataSourceProxy(dataSource)))
                .open();
        // end
    }

    void outboxSending(Events events, LoanData loan) {
        // snippet: outbox-sending
        events.send(BOOK_LENT, loan, SendOptions.failFast());
        // end
    }

    void relay(Settings settings, Events events, DataSource dataSource) {
        // snippet: outbox-relay
        RelayOptions options = RelayOptions.defaults().withOnUnpublishable(OnUnpublishable.BLOCK);
        try (EventBus bus = EventBus.open(settings, events);
                OutboxRelay relay = OutboxRelay.of(dataSource, bus.producer(), options)) {
            relay.start();
            bus.consumer("learning-certificate-lifecycle", "library").runUntilShutdown();
        }
        // end
    }

    void deadLettered(OutboxRelay relay) {
        // snippet: outbox-dead-lettered
        OutboxStatus status = relay.status();
        if (status.deadLettered() > 0) {
            DeadLetteredEvent oldest = relay.deadLetteredEvents().get(0);
            relay.redrive(oldest.id());
        }
        // end
    }

    void inbox(Events events, DataSource dataSource) {
        // snippet: inbox
        Inbox inbox = Inbox.of(dataSource, "library");
        events.connect(BOOK_LENT, inbox.once("slips", (event, connection) -> save(connection, event.data())));
        // end
    }

    void inboxOfSpring(Inbox inbox, DataSource dataSource, Events events, TransactionTemplate transaction) {
        // snippet: inbox-spring
        events.connect(
                BOOK_LENT,
                event -> transaction.executeWithoutResult(status -> {
                    Connection connection = DataSourceUtils.getConnection(dataSource);
                    if (inbox.markHandled(connection, "slips", event.metadata().id())) {
                        printSlip(event.data());
                    }
                }));
        // end
    }
}
