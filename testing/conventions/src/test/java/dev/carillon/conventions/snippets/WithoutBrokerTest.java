package dev.carillon.conventions.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guide's example of a test without a broker, run as it stands there. */
class WithoutBrokerTest {

    record Loan(String isbn) {}

    static final Signal<Loan> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", Loan.class);

    // snippet: memory-broker
    @Test
    void aLoanIsReceivedFromTheBus() {
        Events events = Events.create("badges");
        List<Loan> received = new ArrayList<>();
        events.connect(BOOK_LENT, "badges", event -> received.add(event.data()));
        Loan loan = new Loan("978-0441013593");

        try (EventBus bus = EventBus.open(Settings.of(Map.of()), events, new MemoryBroker())) {
            bus.producer()
                    .send(BOOK_LENT, "library-loans", "loan.isbn", loan, events.newMetadata(BOOK_LENT))
                    .join();
            ConsumerOptions one =
                    ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withMaxEvents(1);
            bus.consumer(List.of("library-loans"), "badges", one).run(); // returns after one event
        }

        assertThat(received).containsExactly(loan);
    }
    // end
}
