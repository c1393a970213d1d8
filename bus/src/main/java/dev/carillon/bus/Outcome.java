package dev.carillon.bus;

/**
 * What came of a task.
 *
 * @param kind whether it is done
 * @param waitNanos for one that is to be done again: how long to wait
 */
record Outcome(Kind kind, long waitNanos) {

    /** Whether a task is done. */
    enum Kind {
        /** The message is finished with. */
        FINISHED,
        /** The message stays with the group: the consumer ends. */
        LEFT,
        /** It is to be done again. */
        AGAIN
    }

    static final Outcome FINISHED = new Outcome(Kind.FINISHED, 0);
    static final Outcome LEFT = new Outcome(Kind.LEFT, 0);

    static Outcome againAfter(long waitNanos) {
        return new Outcome(Kind.AGAIN, waitNanos);
    }
}
