package dev.carillon.bus.jdbc;

/** Where a row of the outbox stands; the numbers are in the database. */
enum Status {
    WAITING(0),
    PUBLISHED(1),
    PARKED(2),
    HELD(3),
    DISCARDED(4);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
