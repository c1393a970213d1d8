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

    /** How servers break. */
    public static final Set<Kind> SERVER = Set.of(Kind.CRASH);

    /** How the network breaks. */
    public static final Set<Kind> NETWORK = Set.of(Kind.DELAY, Kind.CUT, Kind.HALF_OPEN, Kind.DEAF);
}
