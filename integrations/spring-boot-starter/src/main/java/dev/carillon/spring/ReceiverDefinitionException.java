package dev.carillon.spring;

/** A receiver or its consumer is defined wrongly. The message says what is wrong, and where; the action, what would be right. */
final class ReceiverDefinitionException extends RuntimeException {

    private final String action;

    ReceiverDefinitionException(String message, String action) {
        super(message);
        this.action = action;
    }

    ReceiverDefinitionException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
