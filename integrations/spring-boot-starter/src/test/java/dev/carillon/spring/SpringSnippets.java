package dev.carillon.spring;

import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where the snippets of {@code docs/spring-boot.md} come from. */
@SuppressWarnings("ClassCanBeStatic") // as in documentation
final class SpringSnippets {

    // snippet: spring-receiver
    @Component
    class Badges {

        @EventReceiver(signal = "org.openedx.learning.certificate.created.v1", topic = "learning-certificate-lifecycle")
        void award(CertificateData certificate) {
            // …
        }
    }
    // end

    // snippet: spring-own-event
    @EventType(value = "org.example.library.book.lent.v1", key = "loan")
    public record LoanData(String isbn, @Pii String reader) {
        // end

        @Override
        public String toString() {
            return Masked.toString(this);
        }
    }

    private static final class Loans {
        private final List<LoanData> all = new ArrayList<>();

        void save(LoanData loan) {
            all.add(loan);
        }
    }

    static class Lending {
        private final Loans loans = new Loans();
        private final EventPublisher publisher;

        Lending(EventPublisher publisher) {
            this.publisher = publisher;
        }

        // snippet: spring-publishing
        @Transactional
        public void lend(LoanData loan) {
            loans.save(loan);
            publisher.publish(loan);
        }
        // end
    }

    private SpringSnippets() {}
}
