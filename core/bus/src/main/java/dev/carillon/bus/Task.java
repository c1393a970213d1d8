package dev.carillon.bus;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.events.internal.PiiScrubber;

/** What a lane has to do about one message. It changes hands with the lane's queue, never being in two threads at once. */
sealed interface Task permits Delivery, Parked, Undeliverable, Unsorted {

    Held held();

    default IncomingMessage message() {
        return held().message();
    }

    /** A failure as a log may have it: without what it may say of the event's data, where they are not known. */
    default Throwable loggable(Throwable failure) {
        return PiiScrubber.withoutMessages(failure);
    }
}
