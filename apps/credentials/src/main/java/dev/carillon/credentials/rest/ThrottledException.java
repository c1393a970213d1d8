package dev.carillon.credentials.rest;

/** A user has called too often. */
final class ThrottledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long seconds;

    /** The next call will succeed after this number of seconds. */
    ThrottledException(long seconds) {
        super("Request was throttled. Expected available in %d second%s.".formatted(seconds, seconds == 1 ? "" : "s"));
        this.seconds = seconds;
    }

    long seconds() {
        return seconds;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
