package dev.carillon.bus;

import org.jspecify.annotations.Nullable;

/**
 * What came of a task.
 *
 * @param kind whether it is done
 * @param waitNanos for one that is to be done again: how long to wait
 * @param sender for one whose receivers have sent events: the delivery that knows when the broker has them
 */
record Outcome(Kind kind, long waitNanos, @Nullable Delivery<?> sender) {

    /** Whether a task is done. */
    enum Kind {
        /** The message is finished with. */
        FINISHED,
        /** The message stays with the group: the consumer ends. */
        LEFT,
        /** It is to be done again. */
        AGAIN,
        /**
         * It is judged when the broker has answered what its receivers have sent. Those behind it on its key wait: it may have
         * to be done again.
         */
        WHEN_PUBLISHED
    }

    static final Outcome FINISHED = new Outcome(Kind.FINISHED, 0, null);
    static final Outcome LEFT = new Outcome(Kind.LEFT, 0, null);

    /** Whether those behind it on its key wait for it. */
    boolean hasToWait() {
        return kind == Kind.AGAIN || kind == Kind.WHEN_PUBLISHED;
    }

    static Outcome againAfter(long waitNanos) {
        return new Outcome(Kind.AGAIN, waitNanos, null);
    }

    static Outcome whenPublished(Delivery<?> sender) {
        return new Outcome(Kind.WHEN_PUBLISHED, 0, sender);
    }
}
