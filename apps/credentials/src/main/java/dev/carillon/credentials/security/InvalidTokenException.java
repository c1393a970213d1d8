package dev.carillon.credentials.security;

import org.springframework.security.core.AuthenticationException;

/** A token is not valid; the message is for the caller. */
final class InvalidTokenException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
