package dev.carillon.bus.transport;

import dev.carillon.bus.consumer.ConsumerListener;

/**
 * Something happened to a consumer group that a consumer did not do: counted, logged, and told to the
 * {@link ConsumerListener}.
 *
 * @param kind what happened
 * @param topic the full topic
 * @param group the group
 * @param messages how many messages it concerns; -1 when that cannot be known
 * @param detail positions and cause, for the log
 */
public record GroupIncident(Kind kind, String topic, String group, long messages, String detail) {

    /** What can happen to a group. */
    public enum Kind {
        /** Messages left the topic before the group read them. */
        TRIMMED,
        /** Messages that a consumer held unacknowledged left the topic: they cannot be delivered again. */
        PENDING_LOST,
        /** The group or its topic was gone and was made anew. */
        GROUP_RECREATED,
        /** Another client set the group back: messages come a second time. */
        MOVED_BACK,
        /** Another client set the group forward: messages are passed over. */
        MOVED_FORWARD
    }

    /** Whether messages are gone that the group will never see. */
    public boolean isLoss() {
        return kind == Kind.TRIMMED || kind == Kind.PENDING_LOST;
    }
}
