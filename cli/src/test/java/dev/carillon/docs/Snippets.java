package dev.carillon.docs;

import dev.carillon.bus.ConsumerOptions;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.Settings;
import dev.carillon.bus.StartAt;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.catalog.learning.UserData;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.SendResult;
import dev.carillon.events.Signal;
import dev.carillon.events.keys.CourseKey;
import dev.carillon.events.plugins.Plugins;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where the snippets of README and docs come from: each stands between {@code // snippet: name} and {@code // end}. Change them
 * here, then copy; {@link DocumentationTest} compares.
 */
@SuppressWarnings({"unused", "FutureReturnValueIgnored", "CheckReturnValue"}) // as in documentation
abstract class Snippets {

    // snippet: own-events
    record LoanData(
            UserData borrower,
            String isbn,
            OffsetDateTime due,
            @Nullable String note) {}

    static final Signal<LoanData> BOOK_LENT = Signal.of("org.example.library.book.lent.v1", "loan", LoanData.class);
    // end

    // snippet: several-keys
    record Registration(UserData user, LoanData firstLoan) {}

    static final Signal<Registration> READER_REGISTERED =
            Signal.ofKeys("org.example.library.reader.registered.v1", Registration.class);
    // end

    abstract void award(long userId, CourseKey course);

    abstract void retryLater(String receiverName);

    abstract void printSlip(LoanData loan);

    void firstReceiver() {
        // snippet: first-receiver
        Events events = Events.create("badges");
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> {
            CertificateData certificate = event.data();
            award(certificate.user().id(), certificate.course().courseKey());
        });
        try (EventBus bus = EventBus.open(Settings.load(), events)) {
            bus.consumer("learning-certificate-lifecycle", "badges").run();
        }
        // end
    }

    void sending(Events events, CertificateData certificate) {
        // snippet: sending
        events.send(LearningSignals.CERTIFICATE_REVOKED, certificate);
        // end
    }

    void sendResult(Events events, LoanData loan) {
        // snippet: send-result
        SendResult result = events.send(BOOK_LENT, loan);
        result.failures().forEach(failure -> retryLater(failure.receiverName()));
        // end
    }

    void receiverOptions(Events events, Executor executor) {
        // snippet: receiver-options
        events.connect(
                BOOK_LENT,
                event -> printSlip(event.data()),
                ReceiverOptions.id("slips").on(executor));
        // end
    }

    void plugins(Events events) {
        // snippet: plugins
        Plugins.connect(events, "lms.djangoapp");
        // end
    }

    void consumerOptions(EventBus bus) {
        // snippet: consumer-options
        ConsumerOptions options = ConsumerOptions.defaults()
                .withLanes(16)
                .withConsumerName("badges-1")
                .withStartAt(StartAt.earliest());
        bus.consumer(List.of("learning-certificate-lifecycle", "library-loans"), "badges", options)
                .run();
        // end
    }

    void memoryBroker(Events events, LoanData loan) {
        // snippet: memory-broker
        MemoryBroker broker = new MemoryBroker();
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), events, broker)) {
            bus.producer().send(BOOK_LENT, "library-loans", "loan.isbn", loan, events.newMetadata(BOOK_LENT));
            bus.consumer("library-loans", "badges").run();
        }
        // end
    }
}
