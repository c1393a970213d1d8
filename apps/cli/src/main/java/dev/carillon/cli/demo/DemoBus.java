package dev.carillon.cli.demo;

import java.util.Locale;

/** What the demo can run on. */
public enum DemoBus {
    /** Redis Streams. */
    REDIS,
    /** Kafka with a schema registry. */
    KAFKA;

    /** As it is written in commands. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
