package dev.carillon.rig.fault;

import java.util.Locale;

/** The ways in which things break. */
public enum Kind {
    /** {@code kill -9} of a process, which is started again. */
    KILL("kill -9"),
    /** {@code SIGTERM} to a process, which is started again when it has ended. */
    STOP("SIGTERM"),
    /** {@code SIGSTOP}, and later {@code SIGCONT}. */
    PAUSE("SIGSTOP"),
    /** {@code kill -9} of a server, which is started again with the data that it has. */
    CRASH("crash"),
    /** The network is slow. */
    DELAY("delay"),
    /** Connections break, and new ones are refused. */
    CUT("cut"),
    /** Connections are accepted, and everything on them is swallowed. */
    HALF_OPEN("half-open"),
    /** Requests arrive, answers are lost. */
    DEAF("answers lost"),
    /** {@code SIGSTOP} of a member for longer than any session or lease, and later {@code SIGCONT}. */
    OVERSLEEP("long SIGSTOP", Length.LONG),
    /** A receiver throws {@code InterruptedException}, or leaves its thread interrupted. */
    INTERRUPT("interrupts"),
    /** A receiver does not return. */
    BLOCK("receiver blocks"),
    /** A receiver throws an {@code Error}. */
    ERROR("errors"),
    /** Events are as large as the broker takes them. */
    LARGE_EVENTS("large events", Length.LONG),
    /** Thousands of events of one key fail. Alone: what other keys do meanwhile has no other cause. */
    HOT_KEY("hot key", Length.LONG, true),
    /** A receiver is called otherwise after a deployment, and later as before. */
    RENAME("renamed", Length.LONG),
    /**
     * The schema registry answers wrongly, or does not, for as long as services need to start and ask it. Alone: that they do not
     * go on when it is well again has no other cause.
     */
    REGISTRY_STALL("registry stalls", Length.LONG, true),
    /** The broker deletes the oldest messages, read or not. Alone: what is lost must be countable. */
    TRIM("trimmed", Length.USUAL, true),
    /** The topic is deleted and made anew. Alone: what is lost must be countable. */
    TOPIC_ANEW("topic anew", Length.USUAL, true),
    /** Somebody sets the group to the end of its topic. Alone: what is passed over must be countable. */
    SET_FORWARD("set forward", Length.USUAL, true),
    /** Somebody removes the consumers from their group while they work. Alone: they are to notice it before they end. */
    REMOVE_CONSUMERS("removed", Length.LONG, true);

    private enum Length {
        USUAL,
        LONG
    }

    private final String word;
    private final Length length;
    private final boolean alone;

    Kind(String word) {
        this(word, Length.USUAL);
    }

    Kind(String word, Length length) {
        this(word, length, false);
    }

    Kind(String word, Length length, boolean alone) {
        this.word = word;
        this.length = length;
        this.alone = alone;
    }

    /** As reports have it. */
    public String word() {
        return word;
    }

    /** As options have it. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it needs more time than most to show what it does. */
    public boolean isLong() {
        return length == Length.LONG;
    }

    /** Whether nothing else may be broken at the same time. */
    public boolean isAlone() {
        return alone;
    }
}
