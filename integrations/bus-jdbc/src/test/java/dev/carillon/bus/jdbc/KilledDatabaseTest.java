package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.embedded.postgres.EmbeddedPostgres;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.testkit.CarillonTest;
import dev.carillon.testkit.EventRecorder;
import dev.carillon.testkit.WithPostgres;
import dev.carillon.testkit.WithRedis;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

// snippet: real-servers
@CarillonTest
@WithRedis
@WithPostgres
class KilledDatabaseTest {

    record Loan(String isbn) {}

    static final Signal<Loan> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    static final ConsumerOptions FROM_THE_START = ConsumerOptions.defaults().withStartAt(StartAt.earliest());

    @Test
    void aCommittedEventIsPublishedAfterTheDatabaseWasKilled(
            Events events, Settings settings, EmbeddedPostgres postgres, DataSource database) throws SQLException {
        Loan loan = new Loan("978-0441013593");
        JdbcSchema.create(database);
        try (EventRecorder recorder = EventRecorder.of(events, BOOK_LENT);
                EventBus bus = EventBus.open(settings, events)) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                JdbcOutbox.add(
                        connection,
                        bus.producer()
                                .encode(BOOK_LENT, "library-loans", "loan.isbn", loan, events.newMetadata(BOOK_LENT)));
                connection.commit();
            }

            postgres.kill();
            postgres.restart();

            try (OutboxRelay relay = OutboxRelay.of(database, bus.producer()).start();
                    EventConsumer consumer = bus.consumer(List.of("library-loans"), "badges", FROM_THE_START)) {
                new Thread(consumer::run, "badges").start();
                assertThat(recorder.await(BOOK_LENT).data()).isEqualTo(loan);
                assertThat(relay.status().deadLettered()).isZero();
            }
        }
    }
}
// end
