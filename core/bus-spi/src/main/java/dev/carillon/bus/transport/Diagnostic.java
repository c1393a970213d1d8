package dev.carillon.bus.transport;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param status the result
 * @param subject the checked subject, in a word or two: {@code connection}, {@code permissions}
 * @param detail one sentence, without secrets; for a problem, what is wrong
 * @param hint one sentence, without secrets: what to do about the problem; empty when there is none
 */
public record Diagnostic(Status status, String subject, String detail, Optional<String> hint) {

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
        return new Diagnostic(Status.OK, subject, detail, Optional.empty());
    }

    /** It works, but perhaps not for long, or not as intended. */
    public static Diagnostic warning(String subject, String detail, String hint) {
        return new Diagnostic(Status.WARNING, subject, detail, Optional.of(hint));
    }

    /** It does not work. */
    public static Diagnostic failed(String subject, String detail, String hint) {
        return new Diagnostic(Status.FAILED, subject, detail, Optional.of(hint));
    }
}
