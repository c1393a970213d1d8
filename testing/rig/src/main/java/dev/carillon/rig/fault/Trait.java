package dev.carillon.rig.fault;

import java.util.Locale;

/** What a run is like from its start to its end. */
public enum Trait {
    /** Receivers are connected as people write them, without ids; where the run has it not, each one is given an id. */
    WITHOUT_IDS,
    /** Two members share the group on Redis, as they always do on Kafka. */
    TWO_MEMBERS;

    /** As options have it. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
