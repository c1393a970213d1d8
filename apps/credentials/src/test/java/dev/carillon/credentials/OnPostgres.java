package dev.carillon.credentials;

import dev.carillon.embedded.postgres.EmbeddedPostgres;
import dev.carillon.spring.test.AutoConfigureTestBroker;
import dev.carillon.spring.test.TestBroker;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The application with a PostgreSQL, and a Redis of its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "CREDENTIALS_AUTO_AWARD_PROGRAMS=true",
            "SEND_PROGRAM_CERTIFICATE_AWARDED_SIGNAL=true",
            "SEND_PROGRAM_CERTIFICATE_REVOKED_SIGNAL=true",
            "USERNAME_REPLACEMENT_WORKER=username_worker"
        })
@AutoConfigureTestBroker(TestBroker.REDIS)
@ContextConfiguration(initializers = {OnPostgres.Server.class, Tokens.Keys.class})
@interface OnPostgres {

    /** Starts the server once for all tests; it ends with the JVM. */
    final class Server implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of("spring.datasource.url=" + POSTGRES.jdbcUrl()).applyTo(context);
        }
    }
}
