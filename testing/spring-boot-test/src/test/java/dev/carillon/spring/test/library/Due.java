package dev.carillon.spring.test.library;

import dev.carillon.spring.EventPublisher;
import dev.carillon.spring.EventReceiver;
import org.springframework.stereotype.Component;

/** Enters loans into the calendar, and reminds their readers. */
@Component
class Due {

    private final Calendar calendar;
    private final EventPublisher publisher;

    Due(Calendar calendar, EventPublisher publisher) {
        this.calendar = calendar;
        this.publisher = publisher;
    }

    @EventReceiver(topic = "loans")
    void lent(Loan loan) {
        calendar.enter(loan);
        publisher.publish(new Reminder(loan.reader()));
    }
}
