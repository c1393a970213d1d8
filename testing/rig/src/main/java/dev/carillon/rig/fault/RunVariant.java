package dev.carillon.rig.fault;

import java.util.Locale;

/** A variant of the whole run, as opposed to a fault. */
public enum RunVariant {
    /** Receivers are connected without ids, as most users do; otherwise each has an explicit id. */
    WITHOUT_IDS,
    /** Two consumers share the group on Redis, as they always do on Kafka. */
    TWO_MEMBERS;

    /** The variant as a value of {@code --only} and {@code --without}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
