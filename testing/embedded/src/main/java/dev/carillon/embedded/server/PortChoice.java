package dev.carillon.embedded.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** The TCP port that a server gets: one that the user names, or a free one. */
public final class PortChoice {

    private static final int ATTEMPTS = 20;

    private final IntSupplier ports;
    private final int attempts;

    private PortChoice(IntSupplier ports, int attempts) {
        this.ports = ports;
        this.attempts = attempts;
    }

    /**
     * This port and no other.
     *
     * @throws IllegalArgumentException if it is not from 1 to 65535
     */
    public static PortChoice of(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
        }
        return new PortChoice(() -> port, 1);
    }

    /** Any port from 20000 to 32767 that is not taken. */
    public static PortChoice free() {
        return among(PortChoice::random);
    }

    /** The first of these ports that is not taken. */
    public static PortChoice among(IntSupplier ports) {
        return new PortChoice(ports, ATTEMPTS);
    }

    /**
     * Starts something on the port. A port that was free a moment ago can be taken now, and only the server itself notices.
     * If the port is not fixed, the start is then retried on another one.
     *
     * @throws PortTakenException if there was no free port
     */
    public <S> S start(IntFunction<S> server) {
        for (int attempt = 1; ; attempt++) {
            int port = ports.getAsInt();
            try {
                return server.apply(port);
            } catch (PortTakenException e) {
                if (e.port() != port || attempt == attempts) {
                    throw e;
                }
            }
        }
    }

    /**
     * Below the ports from which Linux and macOS serve outgoing connections: while a server is down, not even a client
     * that tries to reconnect can take its port.
     */
    public static int random() {
        return ThreadLocalRandom.current().nextInt(20_000, 32_768);
    }
}
