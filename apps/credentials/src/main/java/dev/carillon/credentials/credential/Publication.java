package dev.carillon.credentials.credential;

import java.util.Locale;

/** Whether an event has been published about a row of the history. */
enum Publication {
    /** There is nothing to publish, or nobody wants it. */
    NONE,
    /** It will be as soon as the LMS's user id of the learner is known, which the event has to contain. */
    DUE,
    /** It is in the outbox. */
    DONE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
