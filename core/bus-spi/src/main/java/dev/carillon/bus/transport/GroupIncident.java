package dev.carillon.bus.transport;

/**
 * A change to a consumer group that was not made by a consumer: it is counted, logged, and reported to the
 * {@code ConsumerListener}.
 *
 * @param kind the kind of incident
 * @param topic the full topic
 * @param group the group
 * @param messages the number of affected messages; -1 when it cannot be known
 * @param detail positions and cause, for the log
 */
public record GroupIncident(Kind kind, String topic, String group, long messages, String detail) {

    /** The kinds of incident. */
    public enum Kind {
        /** Messages left the topic before the group read them. */
        TRIMMED,
        /** Messages that a consumer had read but not acknowledged left the topic: they cannot be redelivered. */
        PENDING_LOST,
        /** The group or its topic was deleted, and was recreated. */
        GROUP_RECREATED,
        /** Another client moved the group back: messages are delivered a second time. */
        MOVED_BACK,
        /** Another client moved the group forward: messages are skipped. */
        MOVED_FORWARD
    }

    /** Whether messages are lost that the group will never receive. */
    public boolean isLoss() {
        return kind == Kind.TRIMMED || kind == Kind.PENDING_LOST;
    }
}
