package dev.carillon.rig.role;

/** An event that cannot be handled until somebody has seen to it. */
final class PoisonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PoisonException(String message) {
        super(message);
    }
}
