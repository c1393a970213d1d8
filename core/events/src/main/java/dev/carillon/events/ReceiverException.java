package dev.carillon.events;

/** A checked exception of a receiver, thrown by a fail-fast send. The cause is what the receiver threw. */
public final class ReceiverException extends RuntimeException {

    ReceiverException(String receiverName, Signal<?> signal, Throwable cause) {
        super("Receiver " + receiverName + " failed on " + signal.eventType() + ": " + cause, cause);
    }
}
