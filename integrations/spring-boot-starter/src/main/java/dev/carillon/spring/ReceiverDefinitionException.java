package dev.carillon.spring;

/** A receiver is defined wrongly. The message says what is wrong with which method; the action, what would be right. */
final class ReceiverDefinitionException extends RuntimeException {

    private final String action;

    ReceiverDefinitionException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
