package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An HTTP server that responds as the test says, and records the requests. */
final class RegistryStub implements AutoCloseable {

    /** A response. */
    record Reply(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nanoTime = new AtomicLong();
    private volatile Function<HttpExchange, Reply> handler = exchange -> new Reply(200, "{\"id\": 7}");

    RegistryStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            Reply reply = handler.apply(exchange);
            byte[] bytes = reply.body().getBytes(UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", reply.body().startsWith("<") ? "text/html" : "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    void reply(Function<HttpExchange, Reply> replies) {
        handler = replies;
    }

    void reply(int status, String body) {
        reply(exchange -> new Reply(status, body));
    }

    /** Every response begins with these bytes, and never ends. Records "stalled". */
    void stall(byte[] part) {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(part);
            exchange.getResponseBody().flush();
            requests.add("stalled");
            await(new CountDownLatch(1));
        });
    }

    /** Ends {@link #stall}. */
    void recover() {
        server.removeContext("/");
        server.createContext("/", this::handle);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path and body of each. */
    List<String> requests() {
        return requests;
    }

    /** For concurrent callers. Ends with this server. */
    ExecutorService threads() {
        return threads;
    }

    /** Moves the clock of the clients' caches. */
    void advance(Duration duration) {
        nanoTime.addAndGet(duration.toNanos());
    }

    /** A client of this server. */
    SchemaRegistry client() {
        return client(Duration.ofSeconds(30));
    }

    /** A client that soon stops waiting. */
    SchemaRegistry clientWithShortTimeout() {
        return client(Duration.ofMillis(1_500));
    }

    SchemaRegistry client(Duration timeout) {
        return client("http://" + hostAndPort() + "/base/", null, timeout);
    }

    SchemaRegistry client(String urls, @Nullable String key) {
        return client(urls, key, Duration.ofSeconds(30));
    }

    private SchemaRegistry client(String urls, @Nullable String key, Duration timeout) {
        RegistryAddress address =
                RegistryAddress.parse(urls, Optional.ofNullable(key), Optional.ofNullable(key), problem -> {
                    throw new AssertionError(problem);
                });
        return new SchemaRegistry(Objects.requireNonNull(address), null, timeout, nanoTime::get);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
