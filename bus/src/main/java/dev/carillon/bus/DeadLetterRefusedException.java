package dev.carillon.bus;

/** The broker will never take this dead letter: trying again is of no use until something changes there. */
final class DeadLetterRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Which message, why, and what to do about it; without data. */
    DeadLetterRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
