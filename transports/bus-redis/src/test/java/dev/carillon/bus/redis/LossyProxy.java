package dev.carillon.bus.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy in front of Redis that can drop replies and break connections. */
final class LossyProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger droppedBytes = new AtomicInteger();
    private volatile boolean dropping;

    /** Forwards to this local port. */
    LossyProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort() + "/0";
    }

    /** Drops all replies from now on; commands still arrive. */
    void dropReplies() {
        droppedBytes.set(0);
        dropping = true;
    }

    /** The number of bytes of dropped replies. */
    int droppedBytes() {
        return droppedBytes.get();
    }

    /** Breaks all connections. New ones work again. */
    void breakConnections() {
        sockets.forEach(LossyProxy::close);
        sockets.clear();
        dropping = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                redis.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(redis);
                start(() -> copy(client, redis, false));
                start(() -> copy(redis, client, true));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void copy(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (replies && dropping) {
                    droppedBytes.addAndGet(read);
                } else {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // Broken on purpose.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Already closed.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // Already closed.
        }
        breakConnections();
    }
}
