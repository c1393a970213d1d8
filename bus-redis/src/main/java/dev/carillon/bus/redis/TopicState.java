package dev.carillon.bus.redis;

/** What a source knows of one of its topics. */
final class TopicState {

    private final String name;
    private final HeldMessages held = new HeldMessages();
    private final GroupWatch watch = new GroupWatch();
    private boolean joined;
    private String ownPendingFrom = PendingEntries.FROM_START;
    private boolean ownPendingRead;

    TopicState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    HeldMessages held() {
        return held;
    }

    GroupWatch watch() {
        return watch;
    }

    /** Whether the group is known to exist. */
    boolean isJoined() {
        return joined;
    }

    void joined() {
        joined = true;
    }

    /** Where to go on reading what is pending for ourselves. */
    String ownPendingFrom() {
        return ownPendingFrom;
    }

    /** Whether all that was pending for ourselves was read. */
    boolean isOwnPendingRead() {
        return ownPendingRead;
    }

    void readOwnPendingTo(String start) {
        ownPendingFrom = start;
    }

    void ownPendingRead() {
        ownPendingRead = true;
    }

    /** The connection is a new one: an answer may have been lost with the old. */
    void reconnected() {
        watch.reconnected();
        ownPendingFrom = PendingEntries.FROM_START;
        ownPendingRead = false;
    }
}
