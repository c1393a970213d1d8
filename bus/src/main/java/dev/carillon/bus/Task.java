package dev.carillon.bus;

import dev.carillon.bus.spi.IncomingMessage;

/** What a lane has to do about one message. It changes hands with the lane's queue, never being in two threads at once. */
sealed interface Task permits Delivery, Parked, Undeliverable, Unsorted {

    Held held();

    default IncomingMessage message() {
        return held().message();
    }
}
