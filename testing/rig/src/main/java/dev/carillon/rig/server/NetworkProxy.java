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

/** A network connection to a server: a TCP proxy on 127.0.0.1 that can delay, break or swallow traffic. Thread-safe. */
public final class NetworkProxy implements AutoCloseable {

    /** How the proxy treats traffic. */
    public enum Mode {
        /** Forwards everything. */
        OPEN,
        /** Delays traffic in both directions. */
        SLOW,
        /** Resets all connections, new ones as well. */
        CUT,
        /** Accepts and keeps connections, but forwards nothing. */
        HALF_OPEN,
        /** Forwards requests and swallows responses. */
        RESPONSES_LOST,
        /** Forwards the first half of a response. Such a connection forwards no further responses, not even in mode {@link #OPEN}. */
        PARTIAL_RESPONSES,
        /** Forwards byte by byte, slowly. */
        BYTE_BY_BYTE,
        /** Responds to each HTTP request with the error 503. */
        UNAVAILABLE;

        boolean swallows(boolean isResponse) {
            return this == HALF_OPEN || (this == RESPONSES_LOST && isResponse);
        }
    }

    private static final Duration DELAY = Duration.ofMillis(40);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Duration BYTE_DELAY = Duration.ofMillis(30);

    private static final byte[] ERROR =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
    private static final int BACKLOG = 200;
    private static final int BUFFER = 64 << 10;

    private final String name;
    private final ServerSocket server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Mode mode = Mode.OPEN;
    private volatile boolean used;

    /** A proxy that listens, without a server yet; the name is for threads. */
    public NetworkProxy(String name) {
        this.name = name;
        try {
            this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Sets the port of the server on 127.0.0.1. */
    public NetworkProxy forwardTo(int port) {
        this.target = port;
        return this;
    }

    /** The port to which clients connect, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Changes the mode. When the mode before it swallowed bytes, connections are reset, because they cannot continue without these
     * bytes.
     */
    public void setMode(Mode next) {
        Mode before = mode;
        mode = next;
        used = false;
        if (next == Mode.CUT || before == Mode.HALF_OPEN || before == Mode.RESPONSES_LOST) {
            connections.forEach(Connection::reset);
        }
    }

    /** Whether a client has used the connection since the last change of the mode. */
    public boolean isUsed() {
        return used;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // this proxy is closed, or the client has disconnected already
            }
        }
    }

    /** Connects to the server in a thread of its own, so that a server that does not accept delays no other client. */
    private void connect(Socket client) throws IOException {
        Connection connection = new Connection(client);
        connections.add(connection);
        if (mode == Mode.CUT) {
            used = true;
            connection.reset();
        } else {
            client.setTcpNoDelay(true);
            start(connection::serve);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "proxy to " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Resets all connections. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // nothing is left to close
        }
        connections.forEach(Connection::reset);
    }

    /** The connection of a client and, depending on the mode, one to the server. */
    private final class Connection {

        private final Socket client;
        private final Socket upstream = new Socket();
        private volatile boolean stalled;

        Connection(Socket client) {
            this.client = client;
        }

        void serve() {
            try {
                if (mode != Mode.HALF_OPEN) {
                    upstream.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    upstream.setTcpNoDelay(true);
                    start(() -> copy(upstream, client, true));
                }
                copy(client, upstream, false);
            } catch (IOException e) {
                reset();
            }
        }

        private void copy(Socket from, Socket to, boolean isResponse) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    forward(buffer, read, to, isResponse);
                }
            } catch (IOException e) {
                // reset by this proxy, by the client or by the server
            }
            // the end of a connection is swallowed, too: it is reset when the mode changes, if ever
            if (!mode.swallows(isResponse) && !stalled) {
                reset();
            }
        }

        private void forward(byte[] bytes, int length, Socket to, boolean isResponse) throws IOException {
            used = true;
            if (mode.swallows(isResponse) || (stalled && isResponse)) {
                return;
            }
            switch (mode) {
                case UNAVAILABLE -> refuse();
                case PARTIAL_RESPONSES -> forwardHalf(bytes, length, to, isResponse);
                case BYTE_BY_BYTE -> forwardSlowly(bytes, length, to);
                default -> {
                    if (mode == Mode.SLOW) {
                        LockSupport.parkNanos(DELAY.toNanos());
                    }
                    to.getOutputStream().write(bytes, 0, length);
                }
            }
        }

        private void forwardHalf(byte[] bytes, int length, Socket to, boolean isResponse) throws IOException {
            int forwarded = isResponse ? endOfHead(bytes, length) : length;
            int half = (length - forwarded) / 2;
            stalled |= forwarded < length;
            to.getOutputStream().write(bytes, 0, forwarded + half);
        }

        /** The index behind the head of an HTTP response; 0 when the bytes do not start with one. */
        private static int endOfHead(byte[] bytes, int length) {
            String text = new String(bytes, 0, length, ISO_8859_1);
            int end = text.startsWith("HTTP/") ? text.indexOf(END_OF_HEAD) : -1;
            return end < 0 ? 0 : end + END_OF_HEAD.length();
        }

        private void forwardSlowly(byte[] bytes, int length, Socket to) throws IOException {
            int sent = 0;
            while (sent < length && mode == Mode.BYTE_BY_BYTE) {
                to.getOutputStream().write(bytes, sent, 1);
                sent++;
                LockSupport.parkNanos(BYTE_DELAY.toNanos());
            }
            to.getOutputStream().write(bytes, sent, length - sent);
        }

        /** Responds with an error and closes the connection to the client; forwards nothing to the server. */
        private void refuse() throws IOException {
            stalled = true;
            client.getOutputStream().write(ERROR);
            client.shutdownOutput();
        }

        /** Resets both sides, instead of closing them in an orderly way. */
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
                // it was closed already
            }
        }
    }
}
