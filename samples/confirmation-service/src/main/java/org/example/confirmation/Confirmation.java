package org.example.confirmation;

import dev.carillon.events.Masked;
import dev.carillon.events.Pii;
import dev.carillon.spring.EventType;

/** An e-mail is to be sent: the learner has enrolled in the course, and wants to know. */
@EventType(value = "org.example.confirmation.requested.v1", key = "confirmation")
public record Confirmation(
        long learnerId, @Pii String name, @Pii String email, String course) {

    @Override
    public String toString() {
        return Masked.toString(this);
    }
}
