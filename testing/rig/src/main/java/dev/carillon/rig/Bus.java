package dev.carillon.rig;

import dev.carillon.rig.fault.FaultKind;
import java.util.EnumSet;
import java.util.Set;

/** The brokers that the rig can test. */
enum Bus {
    REDIS,
    KAFKA;

    /** The kinds of faults that are possible with this broker. */
    Set<FaultKind> kinds() {
        return switch (this) {
            case REDIS -> EnumSet.complementOf(EnumSet.of(FaultKind.REGISTRY_FAILURE));
            case KAFKA -> EnumSet.complementOf(EnumSet.of(FaultKind.SET_FORWARD, FaultKind.REMOVE_CONSUMERS));
        };
    }
}
