package dev.carillon.cli.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small HTTP server for probes and metrics: a page for each path, and nothing that changes anything. Thread-safe. */
public final class HealthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final int THREADS = 4;

    /** Clients that send nothing would occupy all threads. The server of the JDK reads these properties, in seconds. */
    private static final Map<String, String> LIMITS =
            Map.of("sun.net.httpserver.maxReqTime", "10", "sun.net.httpserver.maxRspTime", "30");

    private final HttpServer server;
    private final ExecutorService threads;

    /** What a request gets. */
    public record Page(int status, String contentType, String text) {

        /** A page of plain text. */
        public static Page text(int status, String text) {
            return new Page(status, "text/plain; charset=utf-8", text + "\n");
        }
    }

    private HealthServer(HttpServer server, Map<String, Supplier<Page>> pages) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "carillon-http");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", exchange -> respond(exchange, pages));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts a server. A page is computed for each request, in a thread of the server.
     *
     * @param address port 0 for any free one
     * @throws IllegalArgumentException when the address cannot be used, such as a port that is in use
     */
    public static HealthServer start(InetSocketAddress address, Map<String, Supplier<Page>> pages) {
        LIMITS.forEach((property, seconds) -> System.getProperties().putIfAbsent(property, seconds));
        try {
            return new HealthServer(HttpServer.create(address, 0), pages);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Port " + address.getPort() + " of " + address.getHostString() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, Map<String, Supplier<Page>> pages) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean head = method.equals("HEAD");
            Page page = head || method.equals("GET")
                    ? page(pages.get(exchange.getRequestURI().getPath()))
                    : Page.text(405, "only GET and HEAD");
            byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page.contentType());
            exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Page page(@Nullable Supplier<Page> page) {
        if (page == null) {
            return Page.text(404, "not found");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.error("A page for a probe or for metrics failed", e);
            return Page.text(500, "failed; see the log");
        }
    }

    /** Stops listening. Requests in progress are broken off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
