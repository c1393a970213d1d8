package dev.carillon.bus.transport;

/**
 * The result of one check.
 *
 * @param status the result
 * @param subject the checked subject, in a word or two: {@code connection}, {@code permissions}
 * @param detail one sentence, without secrets; for a problem, with a hint how to solve it
 */
public record Diagnostic(Status status, String subject, String detail) {

    /** The result of a check. */
    public enum Status {
        /** No problem. */
        OK,
        /** It works, but perhaps not for long, or not as intended. */
        WARNING,
        /** It does not work. */
        FAILED
    }

    /** No problem. */
    public static Diagnostic ok(String subject, String detail) {
        return new Diagnostic(Status.OK, subject, detail);
    }

    /** It works, but perhaps not for long, or not as intended. */
    public static Diagnostic warning(String subject, String detail) {
        return new Diagnostic(Status.WARNING, subject, detail);
    }

    /** It does not work. */
    public static Diagnostic failed(String subject, String detail) {
        return new Diagnostic(Status.FAILED, subject, detail);
    }
}
