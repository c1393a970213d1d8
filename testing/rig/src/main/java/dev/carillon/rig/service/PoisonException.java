package dev.carillon.rig.service;

/** A receiver cannot handle an event until the {@link Operator} has removed the cause. */
final class PoisonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A realistic length: a dead letter with this message is larger than its event. */
    private static final int MIN_LENGTH = 1_200;

    PoisonException(Step step) {
        super(text(step));
    }

    private static String text(Step step) {
        String text = step.counter() + " #" + step.number() + " cannot be handled";
        return text + ", with a long message".repeat((MIN_LENGTH - text.length()) / 21 + 1);
    }
}
