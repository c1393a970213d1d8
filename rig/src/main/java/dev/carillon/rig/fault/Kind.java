package dev.carillon.rig.fault;

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
    DEAF("answers lost");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** As reports have it. */
    public String word() {
        return word;
    }
}
