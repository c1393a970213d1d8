package dev.carillon.spring;

import static dev.carillon.spring.Library.LENT;
import static dev.carillon.spring.Library.LOAN;
import static dev.carillon.spring.Library.application;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who creates the tables in an embedded database, without a property that says so. */
class TablesTest {

    private static ApplicationContextRunner withEmbeddedDatabase() {
        return application()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
                        "spring.flyway.locations=classpath:no-migrations",
                        "carillon.publish[0].event=org.example.library.book.lent.v1",
                        "carillon.publish[0].topic=loans",
                        "carillon.publish[0].key=loan.isbn");
    }

    private static void assertPublishes(ApplicationContext context) {
        context.getBean(EventPublisher.class).publish(LENT, LOAN);

        assertThat(context.getBean(JdbcTemplate.class)
                        .queryForObject("SELECT count(*) FROM carillon_outbox", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void theApplicationDoesWithoutFlyway() {
        withEmbeddedDatabase().withPropertyValues("spring.flyway.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(TablesMigration.class);
            assertPublishes(context);
        });
    }

    @Test
    void flywayDoesWhereItMigrates() {
        withEmbeddedDatabase().run(TablesTest::assertPublishes);
    }

    @Test
    void aLazyApplicationDoesToo() {
        withEmbeddedDatabase()
                .withPropertyValues("spring.flyway.enabled=false")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(TablesTest::assertPublishes);
    }
}
