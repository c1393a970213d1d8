package dev.carillon.credentials;

import dev.carillon.credentials.credential.CredentialsProperties;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service as a program. */
@SpringBootApplication
@EnableConfigurationProperties(CredentialsProperties.class)
public class CredentialsApplication {

    /** Runs the service until the process ends. */
    public static void main(String[] arguments) {
        SpringApplication.run(CredentialsApplication.class, arguments);
    }

    /** When calls arrive, and rows are written. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
