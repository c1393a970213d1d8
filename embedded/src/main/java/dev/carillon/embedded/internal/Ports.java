package dev.carillon.embedded.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/** Ports for servers. */
public final class Ports {

    private static final int ATTEMPTS = 20;

    private Ports() {}

    /**
     * Below the ports from which Linux and macOS serve outgoing connections: while a server is down, not even a client
     * that tries to reconnect can take its port.
     */
    public static int random() {
        return ThreadLocalRandom.current().nextInt(20_000, 32_768);
    }

    /**
     * Starts a server on the wanted port, or where that is 0 on one that is free: a port that was free a moment ago can be taken
     * now, which only the server itself finds out.
     *
     * @throws PortTakenException when the wanted port is taken
     */
    public static <S> S start(int wanted, IntSupplier candidates, IntFunction<S> server) {
        for (int attempt = 1; ; attempt++) {
            try {
                return server.apply(wanted == 0 ? candidates.getAsInt() : wanted);
            } catch (PortTakenException e) {
                if (wanted != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The port, where it can be one. */
    public static int checked(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
        }
        return port;
    }
}
