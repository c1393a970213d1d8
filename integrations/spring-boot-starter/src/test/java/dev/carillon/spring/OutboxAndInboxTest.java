package dev.carillon.spring;

import static dev.carillon.spring.Library.LENT;
import static dev.carillon.spring.Library.LOAN;
import static dev.carillon.spring.Library.RETURNED;
import static dev.carillon.spring.Library.application;
import static dev.carillon.spring.Library.sendFromElsewhere;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.LibraryVersion;
import dev.carillon.events.Signals;
import dev.carillon.spring.Library.Loan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.annotation.Transactional;

class OutboxAndInboxTest {

    static class Shelf {
        private final JdbcTemplate database;
        private final EventPublisher publisher;
        private final List<UUID> called = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();

        Shelf(JdbcTemplate database, EventPublisher publisher) {
            this.database = database;
            this.publisher = publisher;
            database.execute("CREATE TABLE IF NOT EXISTS taken (isbn VARCHAR(50))");
        }

        @Transactional
        public void take(Loan loan, boolean fails) {
            database.update("INSERT INTO taken VALUES (?)", loan.isbn());
            publisher.publish(LENT, loan);
            if (fails) {
                throw new IllegalStateException("the reader has gone");
            }
        }

        @Once
        @EventReceiver(signal = "org.example.library.book.returned.v1", topic = "returns")
        public void putBack(Loan loan, EventMetadata metadata) {
            called.add(metadata.id());
            database.update("INSERT INTO taken VALUES (?)", loan.isbn());
            publisher.publish(LENT, loan);
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the shelf is full");
            }
        }

        List<UUID> called() {
            return called;
        }

        void fail(int times) {
            failures.set(times);
        }

        int rows() {
            return count(database, "taken");
        }
    }

    private static int count(JdbcTemplate database, String rows) {
        return requireNonNull(database.queryForObject("SELECT count(*) FROM " + rows, Integer.class));
    }

    private static ApplicationContextRunner withDatabase(Class<?>... receivers) {
        return application(receivers)
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
                        "spring.flyway.enabled=false",
                        "carillon.publish[0].event=org.example.library.book.lent.v1",
                        "carillon.publish[0].topic=loans",
                        "carillon.publish[0].key=loan.isbn");
    }

    /** Counts the loans that have reached the broker. */
    private static long published(ApplicationContext context) {
        Events events =
                Events.builder().serviceName("reader").signals(Signals.of(LENT)).build();
        List<Loan> read = new CopyOnWriteArrayList<>();
        events.connect(LENT, "reading", event -> read.add(event.data()));
        try (EventBus bus = EventBus.open(
                Settings.of(Map.of("EVENT_BUS_MEMORY_CONSUMER_POLL_TIMEOUT", 0.02)),
                events,
                context.getBean(MemoryBroker.class))) {
            var consumer = bus.consumer(
                            List.of("loans"),
                            "reader-" + UUID.randomUUID(),
                            ConsumerOptions.defaults().withStartAt(StartAt.earliest()))
                    .start();
            await().until(() ->
                    consumer.groupStates().stream().allMatch(each -> each.lag().orElse(1) == 0));
            consumer.close();
        }
        return read.size();
    }

    @Test
    void anEventIsPublishedExactlyWhenItsTransactionCommits() {
        withDatabase(Shelf.class).run(context -> {
            Shelf shelf = context.getBean(Shelf.class);

            shelf.take(LOAN, false);
            assertThatThrownBy(() -> shelf.take(LOAN, true)).hasMessage("the reader has gone");
            context.getBean(EventPublisher.class).publish(LENT, LOAN); // in a transaction of its own

            JdbcTemplate database = context.getBean(JdbcTemplate.class);
            await().until(() -> count(database, "carillon_outbox WHERE status = 1") == 2);
            assertThat(count(database, "carillon_outbox")).isEqualTo(2);
            assertThat(shelf.rows()).isEqualTo(1);
            assertThat(published(context)).isEqualTo(2);
        });
    }

    @Test
    void aReceiverHandlesAnEventOnceAndCommitsWithItsInboxAndOutbox() {
        withDatabase(Shelf.class).run(context -> {
            Shelf shelf = context.getBean(Shelf.class);
            shelf.fail(2);
            MemoryBroker broker = context.getBean(MemoryBroker.class);
            sendFromElsewhere(broker, "returns", RETURNED, LOAN);
            await().until(() -> shelf.called().size() == 3);
            JdbcTemplate database = context.getBean(JdbcTemplate.class);
            await().until(() -> shelf.rows() == 1);

            EventMetadata same = new EventMetadata(
                    RETURNED.eventType(),
                    shelf.called().get(0),
                    0,
                    "openedx/elsewhere/web",
                    "here",
                    Instant.now(),
                    LibraryVersion.parse("11.2.0"));
            context.getBean(Events.class).resend(RETURNED, LOAN, same);

            assertThat(shelf.called()).hasSize(3);
            assertThat(shelf.rows()).isEqualTo(1);
            assertThat(count(database, "carillon_outbox")).isEqualTo(1);
            assertThat(database.queryForObject(
                            "SELECT consumer_group || ' ' || receiver FROM carillon_inbox", String.class))
                    .isEqualTo("library outboxAndInboxTest.Shelf.putBack");
        });
    }

    @Test
    void withFlywayAMigrationCreatesTheTables() {
        withDatabase(Shelf.class)
                .withPropertyValues(
                        "spring.flyway.enabled=true",
                        "spring.flyway.locations=classpath:no-migrations",
                        "carillon.jdbc.initialize-schema=never")
                .run(context -> {
                    context.getBean(EventPublisher.class).publish(LENT, LOAN);

                    JdbcTemplate database = context.getBean(JdbcTemplate.class);
                    assertThat(database.queryForList(
                                    "SELECT \"description\" FROM \"flyway_schema_history\"", String.class))
                            .contains("carillon event tables");
                    await().until(() -> published(context) == 1);
                });
    }

    @Test
    void withLiquibaseAChangelogCreatesTheTables() {
        withDatabase(Shelf.class)
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues(
                        "spring.liquibase.change-log=classpath:dev/carillon/bus/jdbc/changelog.yaml",
                        "carillon.jdbc.initialize-schema=never")
                .run(context -> {
                    context.getBean(EventPublisher.class).publish(LENT, LOAN);

                    await().until(() -> published(context) == 1);
                });
    }

    @Test
    void withoutTheOutboxAnEventGoesToTheBrokerAtOnce() {
        withDatabase(Shelf.class)
                .withPropertyValues("carillon.outbox.enabled=false")
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Shelf.class).take(LOAN, true))
                            .hasMessage("the reader has gone");

                    assertThat(context).doesNotHaveBean(RelayLifecycle.class);
                    assertThat(published(context)).isEqualTo(1);
                });
    }

    static class TwoDatabases {
        @Bean
        DataSource loans() {
            return database("loans");
        }

        @Bean
        DataSource readers() {
            return database("readers");
        }

        private static DataSource database(String name) {
            return new DriverManagerDataSource("jdbc:h2:mem:" + name + UUID.randomUUID());
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void ofSeveralDatabasesOneMustBePrimary(CapturedOutput log) {
        application(TwoDatabases.class).run(context -> {
            assertThat(context).doesNotHaveBean(RelayLifecycle.class);
            assertThat(log).contains("none of the data sources [loans, readers] is primary");
        });
    }
}
