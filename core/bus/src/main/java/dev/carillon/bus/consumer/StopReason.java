package dev.carillon.bus.consumer;

/** Why a consumer ended without an error. */
public enum StopReason {
    /** {@code stop} or {@code close} was called, or its thread was interrupted. */
    STOPPED,
    /** It delivered as many events as {@link ConsumerOptions#maxEvents()} says. */
    MAX_EVENTS,
    /** Its options required it to move the group, and it did. */
    GROUP_MOVED,
    /** {@code EVENT_BUS_<BROKER>_CONSUMERS_ENABLED} is false: it did not start. */
    DISABLED
}
