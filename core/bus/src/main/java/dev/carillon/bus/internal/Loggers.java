package dev.carillon.bus.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loggers named after the public classes that users know, whichever class of the engine logs. */
public final class Loggers {

    /** The logger of consumers: {@code dev.carillon.bus.EventConsumer}. */
    public static final Logger CONSUMER = LoggerFactory.getLogger("dev.carillon.bus.EventConsumer");

    private Loggers() {}
}
