package dev.carillon.bus.consumer;

/**
 * A consumer ended after {@code EVENT_BUS_<BROKER>_CONSUMER_CONSECUTIVE_ERRORS_LIMIT} consecutive errors, so that its
 * supervisor can restart it.
 */
public final class TooManyErrorsException extends RuntimeException {

    public TooManyErrorsException(int errors, String setting) {
        super("The consumer met " + errors + " errors in a row, as many as " + setting
                + " allows; see the log for each");
    }
}
