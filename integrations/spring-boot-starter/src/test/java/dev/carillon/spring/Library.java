package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.events.Signal;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The events of the tests, and applications that know them. */
final class Library {

    record Loan(String isbn, @Pii String reader) {

        @Override
        public String toString() {
            return Masked.toString(this);
        }
    }

    static final Signal<Loan> LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);
    static final Signal<Loan> RETURNED = Signal.of("org.example.library.book.returned.v1", "loan", Loan.class);
    static final Loan LOAN = new Loan("978-3", "ada");

    private Library() {}

    /** Makes the events known. */
    @Configuration(proxyBeanMethods = false)
    static class Signals {

        @Bean
        Signal<Loan> lent() {
            return LENT;
        }

        @Bean
        Signal<Loan> returned() {
            return RETURNED;
        }
    }

    /** An application with a broker within the JVM. */
    static ApplicationContextRunner application(Class<?>... receivers) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CarillonAutoConfiguration.class,
                        CarillonJdbcAutoConfiguration.class,
                        CarillonMetricsAutoConfiguration.class,
                        CarillonTracingAutoConfiguration.class,
                        CarillonHealthAutoConfiguration.class,
                        CarillonEndpointAutoConfiguration.class))
                .withUserConfiguration(Signals.class)
                .withUserConfiguration(receivers)
                .withPropertyValues(
                        "spring.application.name=library",
                        "carillon.broker=memory",
                        "carillon.consumer.start-at=earliest",
                        "carillon.consumer.initial-delay=1ms",
                        "EVENT_BUS_MEMORY_CONSUMER_POLL_TIMEOUT=0.02");
    }

    /** Sends events from another service on the same broker. */
    static void sendFromElsewhere(MemoryBroker broker, String topic, Signal<Loan> signal, Loan... loans) {
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), Events.create("elsewhere"), broker)) {
            for (Loan loan : loans) {
                bus.send(signal, topic, "loan.isbn", loan).join();
            }
        }
    }
}
