package dev.carillon.rig.fault;

import java.util.List;
import java.util.Set;

/**
 * Interchangeable parts of the system under test. A fault hits one of them.
 *
 * @param names the names of the parts
 * @param kinds the kinds of faults that can hit them
 */
public record Target(List<String> names, Set<FaultKind> kinds) {

    /** The faults of a service's process. */
    public static final Set<FaultKind> PROCESS = Set.of(FaultKind.KILL, FaultKind.STOP, FaultKind.PAUSE);

    /** The faults of a consumer's process. */
    public static final Set<FaultKind> MEMBER =
            Set.of(FaultKind.KILL, FaultKind.STOP, FaultKind.PAUSE, FaultKind.LONG_PAUSE);

    /** The faults of a server. */
    public static final Set<FaultKind> SERVER = Set.of(FaultKind.CRASH);

    /** The faults of a network connection. */
    public static final Set<FaultKind> NETWORK =
            Set.of(FaultKind.DELAY, FaultKind.CUT, FaultKind.HALF_OPEN, FaultKind.RESPONSES_LOST);

    /** Changes of a topic by an administrator. */
    public static final Set<FaultKind> TOPIC = Set.of(FaultKind.TRIM, FaultKind.TOPIC_RECREATED);

    /** Changes of a group by an administrator. */
    public static final Set<FaultKind> GROUP = Set.of(FaultKind.SET_FORWARD, FaultKind.REMOVE_CONSUMERS);

    /** A single part with a single kind of fault. */
    public static Target of(String name, FaultKind kind) {
        return new Target(List.of(name), Set.of(kind));
    }
}
