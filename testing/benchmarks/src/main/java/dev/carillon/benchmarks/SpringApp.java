package dev.carillon.benchmarks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application without anything, with the starter on its class path or without it. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SpringApp {

    /** The arguments: the class of the receivers or nothing, the URL of Redis, and when the process was started. */
    public static void main(String[] arguments) throws Exception {
        Footprint footprint = new Footprint(Long.parseLong(arguments[2]));
        SpringApplication application = arguments[0].isEmpty()
                ? new SpringApplication(SpringApp.class)
                : new SpringApplication(SpringApp.class, Class.forName(arguments[0]));
        ConfigurableApplicationContext context = application.run(
                "--spring.application.name=minimal", "--EVENT_BUS_REDIS_CONNECTION_URL=" + arguments[1]);
        footprint.received();
        footprint.print();
        context.close();
    }
}
