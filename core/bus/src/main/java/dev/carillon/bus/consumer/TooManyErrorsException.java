package dev.carillon.bus.consumer;

/**
 * A consumer ended after {@code EVENT_BUS_<BROKER>_CONSUMER_CONSECUTIVE_ERRORS_LIMIT} consecutive errors, so that its
 * supervisor can restart it.
 */
public final class TooManyErrorsException extends RuntimeException {

    public TooManyErrorsException(int errors, String setting) {
        super("Consumer ended after " + errors + " consecutive errors, the limit set by " + setting
                + "; each was logged");
    }
}
