package dev.carillon.bus.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Outbox and inbox in transactions of Spring. */
class SpringTransactionTest {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final DataSource transactional = new TransactionAwareDataSourceProxy(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
    private final JdbcOutbox outbox = JdbcOutbox.over(transactional);
    private final Events events = Events.create("test");
    private final EventBus bus = EventBus.open(Settings.of(Map.of()), events, new MemoryBroker());

    @BeforeEach
    void createTables() {
        JdbcSchema.create(pool);
    }

    @AfterEach
    void end() {
        assertThat(pool.getActiveConnections())
                .as("connections that were not closed")
                .isZero();
        bus.close();
        pool.dispose();
    }

    private EncodedEvent event() {
        return bus.producer()
                .encode(Step.TAKEN, "steps", "step.learner", new Step("learner", "1"), events.newMetadata(Step.TAKEN));
    }

    private long waiting() {
        return OutboxRelay.of(pool, bus.producer()).status().waiting();
    }

    @Test
    void anEventIsWrittenInTheTransaction() {
        transaction.executeWithoutResult(status -> {
            outbox.add(event());
            status.setRollbackOnly();
        });
        assertThat(waiting()).isZero();

        transaction.executeWithoutResult(status -> outbox.add(event()));

        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void anEventWithoutATransactionIsRejected() {
        assertThatThrownBy(() -> outbox.add(event()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a transaction");
    }

    @Test
    void theInboxRecordRollsBackWithTheTransaction() {
        Inbox inbox = Inbox.of(pool, "credentials");
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            assertThat(markHandled(inbox, id)).isTrue();
            status.setRollbackOnly();
        });

        transaction.executeWithoutResult(
                status -> assertThat(markHandled(inbox, id)).isTrue());

        transaction.executeWithoutResult(
                status -> assertThat(markHandled(inbox, id)).isFalse());
    }

    private boolean markHandled(Inbox inbox, UUID id) {
        try (Connection connection = transactional.getConnection()) {
            return inbox.markHandled(connection, "award", id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
