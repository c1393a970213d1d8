package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that records when transactions commit. */
class CommitOrderTest {

    private final Events events = Events.create("test");

    @Test
    void eventsArePublishedInCommitOrderWhereTheDatabaseRecordsIt() throws Exception {
        Postgres database = new Postgres(true);
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), events, new MemoryBroker());
                Connection late = database.dataSource().getConnection();
                Connection early = database.dataSource().getConnection()) {
            database.prepare();
            late.setAutoCommit(false);
            early.setAutoCommit(false);
            EncodedEvent first = event(bus, "first");
            EncodedEvent second = event(bus, "second");
            EncodedEvent third = event(bus, "third");
            JdbcOutbox.add(late, second);
            JdbcOutbox.add(late, third);
            JdbcOutbox.add(early, first);
            early.commit();
            late.commit();
            early.setAutoCommit(true);
            OutboxTable table = new OutboxTable(early, Ordering.BY_KEY);

            List<OutboxRow> rows = table.read(table.waitingIds(List.of(), List.of()));

            assertThat(rows)
                    .extracting(OutboxRow::event)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(first, second, third);
        } finally {
            database.end();
        }
    }

    private EncodedEvent event(EventBus bus, String text) {
        return bus.producer()
                .encode(Step.TAKEN, "steps", "step.learner", new Step("learner", text), events.newMetadata(Step.TAKEN));
    }
}
