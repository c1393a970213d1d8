package dev.carillon.bus;

import dev.carillon.bus.transport.Transport;

/** The transport lacks an optional part that the call needs. The message names the part. A retry cannot succeed. */
public final class UnsupportedByTransportException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private UnsupportedByTransportException(String message) {
        super(message);
    }

    static UnsupportedByTransportException store(Transport transport) {
        return new UnsupportedByTransportException(
                nameOf(transport) + " has no message store, which dead letters and replay need");
    }

    /** For a consumer, which can do without the message store. */
    static UnsupportedByTransportException consumer(Transport transport) {
        return new UnsupportedByTransportException(store(transport).getMessage()
                + ": give the consumer a failure policy such as FailurePolicy.logAndAcknowledge()");
    }

    static UnsupportedByTransportException admin(Transport transport) {
        return new UnsupportedByTransportException(
                nameOf(transport) + " has no administration, which lists, moves and checks groups");
    }

    private static String nameOf(Transport transport) {
        return transport.getClass().getSimpleName();
    }
}
