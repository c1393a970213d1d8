package dev.carillon.credentials.rest;

/** What a path names does not exist. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }

    NotFoundException() {
        this("Not found.");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
