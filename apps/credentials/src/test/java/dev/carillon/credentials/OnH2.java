package dev.carillon.credentials;

import dev.carillon.spring.test.AutoConfigureTestBroker;
import dev.carillon.spring.test.TestBroker;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/** The application with the database to try it out, in memory, and a Redis of its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:credentials;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "CREDENTIALS_AUTO_AWARD_PROGRAMS=true",
            "SEND_PROGRAM_CERTIFICATE_AWARDED_SIGNAL=true",
            "SEND_PROGRAM_CERTIFICATE_REVOKED_SIGNAL=true",
            "USERNAME_REPLACEMENT_WORKER=username_worker"
        })
@AutoConfigureTestBroker(TestBroker.REDIS)
@ContextConfiguration(initializers = Tokens.Keys.class)
@interface OnH2 {}
