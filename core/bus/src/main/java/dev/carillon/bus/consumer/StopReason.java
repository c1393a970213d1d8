package dev.carillon.bus.consumer;

/** Why a consumer came to its end without an error. */
public enum StopReason {
    /** It was told to stop. */
    STOPPED,
    /** It delivered as many events as it was asked for. */
    MAX_EVENTS,
    /** Its options asked it to move the group, and it did. */
    GROUP_MOVED,
    /** {@code EVENT_BUS_<BROKER>_CONSUMERS_ENABLED} is false: it did not start. */
    DISABLED
}
