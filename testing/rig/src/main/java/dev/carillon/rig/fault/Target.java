package dev.carillon.rig.fault;

import java.util.List;
import java.util.Set;

/**
 * Things of one sort, of which a fault takes one.
 *
 * @param names what they are called
 * @param kinds how they break
 */
public record Target(List<String> names, Set<Kind> kinds) {

    /** How processes of ours break. */
    public static final Set<Kind> PROCESS = Set.of(Kind.KILL, Kind.STOP, Kind.PAUSE);

    /** How members of a group break. */
    public static final Set<Kind> MEMBER = Set.of(Kind.KILL, Kind.STOP, Kind.PAUSE, Kind.OVERSLEEP);

    /** How servers break. */
    public static final Set<Kind> SERVER = Set.of(Kind.CRASH);

    /** How the network breaks. */
    public static final Set<Kind> NETWORK = Set.of(Kind.DELAY, Kind.CUT, Kind.HALF_OPEN, Kind.DEAF);

    /** What somebody does to a topic behind the bus's back. */
    public static final Set<Kind> TOPIC = Set.of(Kind.TRIM, Kind.TOPIC_ANEW);

    /** What somebody does to a group behind its members' back. */
    public static final Set<Kind> GROUP = Set.of(Kind.SET_FORWARD, Kind.REMOVE_CONSUMERS);

    /** The one thing of its sort, which breaks in one way. */
    public static Target of(String name, Kind kind) {
        return new Target(List.of(name), Set.of(kind));
    }
}
