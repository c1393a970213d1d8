package dev.carillon.credentials.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a call has wrong fields: each with what is wrong with it, a list of messages or the same for the fields within it. */
final class InvalidFieldsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> problems;

    InvalidFieldsException(Map<String, ?> problems) {
        super("invalid fields: " + problems.keySet());
        this.problems = new LinkedHashMap<>(problems);
    }

    /** One field with one problem. */
    InvalidFieldsException(String field, String problem) {
        this(Map.of(field, List.of(problem)));
    }

    Map<String, Object> problems() {
        return problems;
    }
}
