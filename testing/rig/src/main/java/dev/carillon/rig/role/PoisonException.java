package dev.carillon.rig.role;

/** An event that cannot be handled until somebody has seen to it. */
final class PoisonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** As long as messages of real exceptions are: a dead letter that keeps it is larger than its event. */
    private static final int LENGTH = 1_200;

    PoisonException(Step step) {
        super(text(step));
    }

    private static String text(Step step) {
        String text = step.counter() + " #" + step.number() + " is poison";
        return text + ", and this says so at length".repeat((LENGTH - text.length()) / 26 + 1);
    }
}
