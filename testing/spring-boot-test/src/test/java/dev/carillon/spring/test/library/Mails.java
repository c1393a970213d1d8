package dev.carillon.spring.test.library;

import dev.carillon.spring.EventReceiver;
import org.springframework.stereotype.Component;

/** Sends mails, which a test must not. */
@Component
class Mails {

    @EventReceiver
    void remind(Reminder reminder) {
        throw new IllegalStateException("there is no mail server");
    }
}
