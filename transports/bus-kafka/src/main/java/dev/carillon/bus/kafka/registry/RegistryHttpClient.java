package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.events.internal.Backoff;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the registry. Tries the other servers, and retries with a backoff, after errors that may be transient. The
 * timeout covers the whole request with all its attempts, including the response body. Thread-safe.
 */
final class RegistryHttpClient implements AutoCloseable {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_RESPONSE_BYTES = 16 << 20;
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
    /** With less time left, another attempt would only replace the last error by a timeout. */
    private static final long MIN_ATTEMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(1)).withJitter(0.5);

    private final ObjectMapper json = new ObjectMapper();
    private final RegistryAddress address;
    private final HttpClient client;
    private final long timeoutNanos;
    private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A response, which may be an error. */
    record Response(int status, JsonNode body) {

        boolean isError() {
            return status < 200 || status >= 300;
        }

        int errorCode() {
            return body.path("error_code").asInt();
        }

        String message() {
            return body.path("message").asText("no reason given");
        }
    }

    RegistryHttpClient(RegistryAddress address, @Nullable SSLContext tls, Duration timeout) {
        this.address = address;
        this.timeoutNanos = timeout.toNanos();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    RegistryAddress address() {
        return address;
    }

    /**
     * Sends a request until the registry responds with success or with an error that is not transient.
     *
     * @param action what the registry is to do, for messages: "return schema 17"
     * @param body sent by POST; null for a GET
     * @throws RegistryException after the timeout, when interrupted, and when closed
     */
    Response request(String action, String path, @Nullable String body) {
        long deadline = System.nanoTime() + timeoutNanos;
        RegistryException last = null;
        for (int attempt = 0; last == null || deadline - System.nanoTime() > MIN_ATTEMPT_NANOS; attempt++) {
            if (last != null && !backOff(attempt, deadline - MIN_ATTEMPT_NANOS)) {
                throw interrupted(action);
            }
            for (URI base : address.bases()) {
                long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime());
                try {
                    Response response = parse(action, base, exchange(base, path, body, left));
                    if (!TRANSIENT.contains(response.status())) {
                        return response;
                    }
                    last = failure(action, base, response.status() + " " + response.message(), null);
                } catch (LimitedBody.TooLargeException e) { // retrying does not help
                    throw failure(action, base, String.valueOf(e.getMessage()), e);
                } catch (IOException e) {
                    last = failure(action, base, reason(base, e), e);
                } catch (CancellationException e) {
                    throw new RegistryException(
                            "Closed while waiting for the schema registry at " + place(base) + " to " + action, e);
                } catch (InterruptedException e) {
                    throw interrupted(action);
                }
            }
        }
        throw last;
    }

    /** The timeout of Java's client ends with the response headers, so this waits for the body with a timeout of its own. */
    @SuppressWarnings("CollectionUndefinedEquality") // compared by identity, as intended
    private HttpResponse<byte[]> exchange(URI base, String path, @Nullable String body, long nanos)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request(base, path, body, Duration.ofNanos(nanos)), head -> new LimitedBody(MAX_RESPONSE_BYTES));
        inFlight.add(exchange);
        try {
            if (closed) {
                throw new CancellationException("closed");
            }
            return exchange.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw (IOException) new HttpTimeoutException("no response in time").initCause(e);
        } finally {
            inFlight.remove(exchange);
            exchange.cancel(true);
        }
    }

    /** Cancels the requests in flight, and rejects new ones. */
    @Override
    public void close() {
        closed = true;
        inFlight.forEach(exchange -> exchange.cancel(true));
    }

    private HttpRequest request(URI base, String path, @Nullable String body, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("User-Agent", "carillon")
                .header("Accept", JSON + ", application/json");
        if (address.authorization() != null) {
            request.header("Authorization", address.authorization());
        }
        if (body != null) {
            request.header("Content-Type", JSON).POST(BodyPublishers.ofString(body));
        }
        return request.build();
    }

    private Response parse(String action, URI base, HttpResponse<byte[]> response) {
        JsonNode body = parseJson(response.body());
        if (body != null) {
            return new Response(response.statusCode(), body);
        }
        if (TRANSIENT.contains(response.statusCode())) {
            return new Response(response.statusCode(), json.createObjectNode());
        }
        String type = response.headers().firstValue("Content-Type").orElse("no content type");
        throw failure(
                action,
                base,
                "it returned " + response.statusCode() + " with " + type + ", which is not JSON ("
                        + "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the base of the registry's API,"
                        + " such as http://host:8081 or http://host/apis/ccompat/v7)",
                null);
    }

    /** Null if it is not a JSON object or array. An empty body counts as an empty object: some servers send errors without one. */
    private @Nullable JsonNode parseJson(byte[] bytes) {
        try {
            JsonNode body = bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
            return body.isContainerNode() ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A request body with one text field. */
    String body(String field, String text) {
        return json.createObjectNode().put(field, text).toString();
    }

    static String encoded(String segment) {
        return java.net.URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }

    RegistryException failure(String action, URI base, String reason, @Nullable Throwable cause) {
        return new RegistryException(
                "The schema registry at " + place(base) + " did not " + action + ": " + reason, cause);
    }

    private static String place(URI base) {
        int standard = base.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return base.getHost() + ":" + (base.getPort() < 0 ? standard : base.getPort());
    }

    private static RegistryException interrupted(String action) {
        Thread.currentThread().interrupt();
        return new RegistryException("Interrupted while waiting for the schema registry to " + action, null);
    }

    /** Waits before another attempt. Returns false if interrupted. */
    private static boolean backOff(int failures, long deadline) {
        long left = Math.max(0, deadline - System.nanoTime());
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(BACKOFF.delayNanos(failures), left));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static String reason(URI base, IOException failure) {
        String hint = " (is it running, and is EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL right?)";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host " + base.getHost() + " (check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL)";
            }
            if (cause instanceof SSLException) {
                return "no TLS connection: " + cause.getMessage()
                        + " (check the schema.registry.ssl.* properties in EVENT_BUS_KAFKA_CLIENT_CONFIG,"
                        + " and that it uses TLS)";
            }
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof HttpTimeoutException) {
            return "no response in time" + hint;
        }
        if (failure instanceof ConnectException) {
            return "cannot connect" + hint;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
