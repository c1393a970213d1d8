package dev.carillon.bus;

/** Delivering a message failed in a way that nobody foresaw. */
final class UndeliverableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Names the kind of the failure, and not its message, which may hold data. */
    UndeliverableException(Throwable cause) {
        super("delivering it failed with " + cause.getClass().getName(), cause);
    }
}
