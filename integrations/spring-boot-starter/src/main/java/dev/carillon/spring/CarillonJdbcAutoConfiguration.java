package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.Outbox;
import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.bus.jdbc.JdbcOutbox;
import dev.carillon.bus.jdbc.JdbcSchema;
import dev.carillon.bus.jdbc.OutboxRelay;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Outbox and inbox in the application's database, in its transactions. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ConditionalOnClass({
    TransactionAwareDataSourceProxy.class,
    PlatformTransactionManager.class,
    EmbeddedDatabaseConnection.class
})
@ConditionalOnSingleCandidate(DataSource.class)
public final class CarillonJdbcAutoConfiguration {

    CarillonJdbcAutoConfiguration() {}

    /** Is notified of the relay before it starts. */
    interface RelayWatcher extends Consumer<OutboxRelay> {}

    /** Is notified of the inbox of each group. */
    interface InboxWatcher extends BiConsumer<Inbox, String> {}

    /** What needs a transaction manager. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    static class InTransactions {

        @Bean
        OnceReceivers carillonOnceReceivers(
                DataSource dataSource, PlatformTransactionManager transactions, ObjectProvider<InboxWatcher> watchers) {
            return new OnceReceivers(
                    dataSource, transactions, (inbox, group) -> watchers.forEach(each -> each.accept(inbox, group)));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty(name = "carillon.outbox.enabled", matchIfMissing = true)
        Outbox carillonOutbox(DataSource dataSource) {
            return JdbcOutbox.over(new TransactionAwareDataSourceProxy(dataSource));
        }

        @Bean
        @ConditionalOnProperty(name = "carillon.outbox.enabled", matchIfMissing = true)
        CarillonAutoConfiguration.PublishScope carillonPublishScope(PlatformTransactionManager transactions) {
            TransactionTemplate template = new TransactionTemplate(transactions);
            return publishing -> template.executeWithoutResult(status -> publishing.run());
        }

        @Bean
        @ConditionalOnProperty(
                name = {"carillon.outbox.enabled", "carillon.outbox.relay"},
                matchIfMissing = true)
        RelayLifecycle carillonRelay(EventBus bus, DataSource dataSource, ObjectProvider<RelayWatcher> watchers) {
            return new RelayLifecycle(bus, dataSource, relay -> watchers.forEach(each -> each.accept(relay)));
        }
    }

    /** Marks what creates the tables instead, for where the class of the tool that does so may be missing. */
    interface Migration {}

    /**
     * Creates the tables at the start, in a lazy application, too. Not in an embedded database that Flyway migrates: Flyway refuses a
     * database that already has tables.
     */
    @Bean
    @Lazy(false)
    InitializingBean carillonTables(
            DataSource dataSource, CarillonProperties properties, ObjectProvider<Migration> migrations) {
        return () -> {
            boolean creates = switch (properties.jdbc().initializeSchema()) {
                case ALWAYS -> true;
                case EMBEDDED ->
                    migrations.getIfAvailable() == null && EmbeddedDatabaseConnection.isEmbedded(dataSource);
                case NEVER -> false;
            };
            if (creates) {
                JdbcSchema.create(dataSource);
            }
        };
    }

    /** In an application with Flyway, its migrations create the tables. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JavaMigration.class)
    @ConditionalOnBean(type = "org.flywaydb.core.Flyway")
    static class WithFlyway {

        @Bean
        TablesMigration carillonTablesMigration() {
            return new TablesMigration();
        }
    }
}
