package dev.carillon.rig.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network to a server: a proxy that can be slow, cut, or lose what goes through it. Thread-safe. */
public final class Link implements AutoCloseable {

    /** What the network is like. */
    public enum State {
        /** It works. */
        OPEN,
        /** What goes through it, in either direction, takes its time. */
        SLOW,
        /** There is none: connections break, new ones are reset at once. */
        CUT,
        /** Connections are accepted and stay; nothing comes through. */
        HALF_OPEN,
        /** The server hears its clients, they do not hear the server. */
        DEAF,
        /** Answers break off in their middle, and nothing follows: for good, also when the network is back. */
        HALF_ANSWERS,
        /** Answers come byte by byte. */
        DRIPPING,
        /** Something in between answers each question of HTTP with an error. */
        UNAVAILABLE;

        boolean swallows(boolean answers) {
            return this == HALF_OPEN || (this == DEAF && answers);
        }
    }

    private static final Duration DELAY = Duration.ofMillis(40);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Duration DRIP = Duration.ofMillis(30);

    private static final byte[] ERROR =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
    private static final int BACKLOG = 200;
    private static final int BUFFER = 64 << 10;

    private final String name;
    private final ServerSocket server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile State state = State.OPEN;
    private volatile boolean met;

    /** One that listens, but leads nowhere yet. */
    public Link(String name) {
        this.name = name;
        try {
            this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Leads to this port of 127.0.0.1 from now on. */
    public Link leadingTo(int port) {
        this.target = port;
        return this;
    }

    /** Where clients connect to, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Makes the network like this. What was lost stays lost: where bytes were swallowed, connections break as the network
     * comes back, for a stream cannot go on without them.
     */
    public void become(State next) {
        State before = state;
        state = next;
        met = false;
        if (next == State.CUT || before == State.HALF_OPEN || before == State.DEAF) {
            connections.forEach(Connection::reset);
        }
    }

    /** Whether somebody has tried to use the network since it became what it is. */
    public boolean isMet() {
        return met;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed; or a client that has gone already.
            }
        }
    }

    /** The socket to the server comes into being in a thread of its own: one that does not answer holds up nobody else. */
    private void connect(Socket client) throws IOException {
        Connection connection = new Connection(client);
        connections.add(connection);
        if (state == State.CUT) {
            met = true;
            connection.reset();
        } else {
            client.setTcpNoDelay(true);
            start(connection::serve);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "link to " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Breaks everything. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // Nothing is left to close.
        }
        connections.forEach(Connection::reset);
    }

    /** A client and, where the network lets it through, its server. */
    private final class Connection {

        private final Socket client;
        private final Socket upstream = new Socket();
        private volatile boolean stalled;

        Connection(Socket client) {
            this.client = client;
        }

        void serve() {
            try {
                if (state != State.HALF_OPEN) {
                    upstream.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    upstream.setTcpNoDelay(true);
                    start(() -> copy(upstream, client, true));
                }
                copy(client, upstream, false);
            } catch (IOException e) {
                reset();
            }
        }

        private void copy(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    pass(buffer, read, to, answers);
                }
            } catch (IOException e) {
                // Broken, by us or by one of the two.
            }
            // The end of a connection does not come through either: it breaks when the network is back, if ever.
            if (!state.swallows(answers) && !stalled) {
                reset();
            }
        }

        private void pass(byte[] bytes, int length, Socket to, boolean answers) throws IOException {
            met = true;
            if (state.swallows(answers) || (stalled && answers)) {
                return;
            }
            switch (state) {
                case UNAVAILABLE -> refuse();
                case HALF_ANSWERS -> passHalf(bytes, length, to, answers);
                case DRIPPING -> drip(bytes, length, to);
                default -> {
                    if (state == State.SLOW) {
                        LockSupport.parkNanos(DELAY.toNanos());
                    }
                    to.getOutputStream().write(bytes, 0, length);
                }
            }
        }

        private void passHalf(byte[] bytes, int length, Socket to, boolean answers) throws IOException {
            int passed = answers ? endOfHead(bytes, length) : length;
            int half = (length - passed) / 2;
            stalled |= passed < length;
            to.getOutputStream().write(bytes, 0, passed + half);
        }

        /** Behind the head of an answer of HTTP; 0 where these bytes do not begin one: the end of a body looks the same. */
        private static int endOfHead(byte[] bytes, int length) {
            String text = new String(bytes, 0, length, ISO_8859_1);
            int end = text.startsWith("HTTP/") ? text.indexOf(END_OF_HEAD) : -1;
            return end < 0 ? 0 : end + END_OF_HEAD.length();
        }

        private void drip(byte[] bytes, int length, Socket to) throws IOException {
            int dripped = 0;
            while (dripped < length && state == State.DRIPPING) {
                to.getOutputStream().write(bytes, dripped, 1);
                dripped++;
                LockSupport.parkNanos(DRIP.toNanos());
            }
            to.getOutputStream().write(bytes, dripped, length - dripped);
        }

        /** The client is told, and shown out; the server hears nothing of it. */
        private void refuse() throws IOException {
            stalled = true;
            client.getOutputStream().write(ERROR);
            client.shutdownOutput();
        }

        /** Breaks both sides as a reset does, without the farewell of a close. */
        void reset() {
            connections.remove(this);
            reset(client);
            reset(upstream);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // It was closed already.
            }
        }
    }
}
