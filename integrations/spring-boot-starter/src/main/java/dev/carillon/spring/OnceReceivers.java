package dev.carillon.spring;

import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.events.Event;
import dev.carillon.events.Receiver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Makes receivers handle each event once: the inbox and what the receiver changes commit in one transaction of Spring's. */
final class OnceReceivers {

    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final BiConsumer<Inbox, String> created;
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

    /** {@code created} is notified of the inbox of each group. */
    OnceReceivers(DataSource dataSource, PlatformTransactionManager transactions, BiConsumer<Inbox, String> created) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.created = created;
    }

    <T> Receiver<T> wrap(String id, String group, Receiver<T> receiver) {
        Inbox inbox = inboxes.computeIfAbsent(group, this::open);
        return event -> {
            handle(inbox, id, receiver, event);
            inbox.purgeWhenDue();
        };
    }

    private Inbox open(String group) {
        Inbox inbox = Inbox.of(dataSource, group);
        created.accept(inbox, group);
        return inbox;
    }

    private <T> void handle(Inbox inbox, String id, Receiver<T> receiver, Event<T> event) throws Exception {
        TransactionStatus transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        try {
            if (inbox.markHandled(
                    DataSourceUtils.getConnection(dataSource),
                    id,
                    event.metadata().id())) {
                receiver.receive(event);
            }
        } catch (Throwable e) {
            rollBack(transaction, e);
            throw e;
        }
        transactions.commit(transaction);
    }

    private void rollBack(TransactionStatus transaction, Throwable failure) {
        try {
            transactions.rollback(transaction);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
