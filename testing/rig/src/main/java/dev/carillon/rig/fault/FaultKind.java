package dev.carillon.rig.fault;

import java.util.Locale;

/** The kinds of faults. A fault that is exclusive runs while nothing else is broken. */
public enum FaultKind {
    /** A process is killed with SIGKILL, and restarted. */
    KILL("kill -9"),
    /** A process is stopped with SIGTERM, and restarted. */
    STOP("SIGTERM"),
    /** A process is paused with SIGSTOP, and resumed with SIGCONT. */
    PAUSE("SIGSTOP"),
    /** A server is killed with SIGKILL, and restarted on its data. */
    CRASH("crash"),
    /** The network delays every packet. */
    DELAY("delay"),
    /** Connections are reset, new ones as well. */
    CUT("cut"),
    /** Connections stay open, but nothing gets through in either direction. */
    HALF_OPEN("half-open"),
    /** Requests get through, responses do not. */
    RESPONSES_LOST("responses lost"),
    /** A consumer is paused for longer than its session or lease. */
    LONG_PAUSE("long SIGSTOP", Length.LONG),
    /** A receiver throws {@code InterruptedException}, or leaves its thread interrupted. */
    INTERRUPT("interrupts"),
    /** A receiver does not return. */
    BLOCK("receiver blocks"),
    /** A receiver throws an {@code Error}. */
    ERROR("errors"),
    /** Events are as large as the broker accepts. */
    LARGE_EVENTS("large events", Length.LONG),
    /** Thousands of events of one key fail. Exclusive, so that it is the only possible cause when other keys are delayed. */
    HOT_KEY("hot key", Length.LONG, true),
    /** A deployment changes the id of a receiver, and a later one restores it. */
    RENAME("renamed", Length.LONG),
    /**
     * The schema registry fails in several ways while services start and call it. Exclusive, so that it is the only possible cause when
     * the services do not recover.
     */
    REGISTRY_FAILURE("registry fails", Length.LONG, true),
    /** The broker deletes the oldest messages, delivered or not. Exclusive, because the lost messages are counted. */
    TRIM("trimmed", Length.USUAL, true),
    /** The topic is deleted and recreated. Exclusive, because the lost messages are counted. */
    TOPIC_RECREATED("topic recreated", Length.USUAL, true),
    /** An administrator sets the group to the end of its topic. Exclusive, because the skipped messages are counted. */
    SET_FORWARD("set forward", Length.USUAL, true),
    /** An administrator removes the consumers from their group while they work. Exclusive, so that they notice it before they end. */
    REMOVE_CONSUMERS("consumers removed", Length.LONG, true);

    private enum Length {
        USUAL,
        LONG
    }

    private final String word;
    private final Length length;
    private final boolean exclusive;

    FaultKind(String word) {
        this(word, Length.USUAL);
    }

    FaultKind(String word, Length length) {
        this(word, length, false);
    }

    FaultKind(String word, Length length, boolean exclusive) {
        this.word = word;
        this.length = length;
        this.exclusive = exclusive;
    }

    /** The kind as it is printed in reports. */
    public String word() {
        return word;
    }

    /** The kind as a value of {@code --only} and {@code --without}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs more time than most kinds to have an effect. */
    public boolean isLong() {
        return length == Length.LONG;
    }

    /** Whether no other fault may be in effect at the same time. */
    public boolean isExclusive() {
        return exclusive;
    }
}
