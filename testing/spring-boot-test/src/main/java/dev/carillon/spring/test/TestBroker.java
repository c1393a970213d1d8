package dev.carillon.spring.test;

/** The broker of a test. */
public enum TestBroker {
    /** A broker within the JVM that behaves like the real ones. */
    MEMORY,
    /** A real Redis, started for the application context and stopped with it. Needs {@code carillon-bus-redis}. */
    REDIS,
    /**
     * A real Kafka and a real schema registry, started once per JVM; each application context has a topic prefix of its own. Needs
     * {@code carillon-bus-kafka} and {@code carillon-embedded-kafka}.
     */
    KAFKA
}
