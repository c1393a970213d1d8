package dev.carillon.bus.transport;

/**
 * What was looked at, and what was found.
 *
 * @param status how it stands
 * @param subject what was looked at, in a word or two: {@code connection}, {@code permissions}
 * @param finding one sentence, without secrets; where something is wrong, with what to do
 */
public record Diagnostic(Status status, String subject, String finding) {

    /** How a thing stands. */
    public enum Status {
        /** As it should be. */
        OK,
        /** It works, but may not for long, or not as intended. */
        WARNING,
        /** It does not work. */
        FAILED
    }

    /** As it should be. */
    public static Diagnostic ok(String subject, String finding) {
        return new Diagnostic(Status.OK, subject, finding);
    }

    /** It works, but may not for long, or not as intended. */
    public static Diagnostic warning(String subject, String finding) {
        return new Diagnostic(Status.WARNING, subject, finding);
    }

    /** It does not work. */
    public static Diagnostic failed(String subject, String finding) {
        return new Diagnostic(Status.FAILED, subject, finding);
    }
}
