package dev.carillon.spring.test.library;

import dev.carillon.spring.EventReceiver;
import dev.carillon.spring.Once;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Charges each loan once. */
@Component
class Fees {

    private final AtomicInteger charged = new AtomicInteger();

    @Once
    @EventReceiver(topic = "loans")
    void charge(Loan loan) {
        charged.incrementAndGet();
    }

    int charged() {
        return charged.get();
    }
}
