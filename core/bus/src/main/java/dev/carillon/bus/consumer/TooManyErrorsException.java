package dev.carillon.bus.consumer;

/**
 * A consumer gave up after {@code EVENT_BUS_<BROKER>_CONSUMER_CONSECUTIVE_ERRORS_LIMIT} errors in a row, so that whoever
 * started it can start it afresh.
 */
public final class TooManyErrorsException extends RuntimeException {

    public TooManyErrorsException(int errors, String setting) {
        super("The consumer met " + errors + " errors in a row, as many as " + setting
                + " allows; see the log for each");
    }
}
