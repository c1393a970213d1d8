package org.example.loans;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Masked;
import dev.carillon.events.plugins.Plugins;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.example.loans.receivers.Signals;

public final class Main {

    public static void main(String[] args) throws Exception {
        ServiceLoader.load(TransportProvider.class).stream()
                .map(provider -> "found " + provider.type().getName())
                .sorted()
                .forEach(System.out::println);

        Events events = Events.create("loans");
        Plugins.connect(events, "loans.service");
        Loan loan = new Loan("Ada", "978-0441013593", List.of(new Loan.Copy(7)));
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), events, new MemoryBroker())) {
            bus.producer()
                    .send(LoanSignals.BOOK_LENT, "loans", "loan.isbn", loan, events.newMetadata(LoanSignals.BOOK_LENT))
                    .get(30, TimeUnit.SECONDS);
            EventConsumer consumer = bus.consumer(
                    List.of("loans"), "loans", ConsumerOptions.defaults().withStartAt(StartAt.earliest()));
            Thread running = new Thread(consumer::run, "consumer");
            running.start();
            Event<?> event = Signals.RECEIVED.get(30, TimeUnit.SECONDS);
            consumer.close();
            running.join();
            System.out.println("in " + Main.class.getModule().getName() + ": " + loan.equals(event.data()) + " "
                    + Masked.toString((Record) event.data()));
        }
    }

    private Main() {}
}
