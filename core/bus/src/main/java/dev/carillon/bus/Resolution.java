package dev.carillon.bus;

/** What a message turned out to be, for the receivers of this service. */
sealed interface Resolution permits Delivery, Resolution.Undecodable, Resolution.Unreachable, Resolution.Unwanted {

    /** It is no event. */
    record Undecodable(RuntimeException problem) implements Resolution {}

    /** It is a redriven dead letter that no receiver here wants: it must not be lost. */
    record Unreachable() implements Resolution {}

    /** No receiver here wants it. */
    record Unwanted() implements Resolution {}
}
