package dev.carillon.embedded.server;

/** Another process has the port that a server was to have. */
public final class PortTakenException extends EmbeddedServerException {

    private static final long serialVersionUID = 1;

    private final int port;

    /** Says that the server which was started found the port taken, and how. */
    public PortTakenException(int port, Throwable cause) {
        super("Port %d of 127.0.0.1 is taken: choose another, or none to get a free one".formatted(port), cause);
        this.port = port;
    }

    int port() {
        return port;
    }
}
