package dev.carillon.rig;

import dev.carillon.rig.fault.Kind;
import java.util.EnumSet;
import java.util.Set;

/** The brokers under trial. */
enum Bus {
    REDIS,
    KAFKA;

    /** The ways in which things break on it. */
    Set<Kind> kinds() {
        return switch (this) {
            case REDIS -> EnumSet.complementOf(EnumSet.of(Kind.REGISTRY_STALL));
            case KAFKA -> EnumSet.complementOf(EnumSet.of(Kind.SET_FORWARD, Kind.REMOVE_CONSUMERS));
        };
    }
}
