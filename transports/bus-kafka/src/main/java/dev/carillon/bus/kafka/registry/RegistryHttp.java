package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry, patiently: another server, and again after a while, where that may help. One question takes no longer than
 * its timeout, whatever the server does: the timeout is that of the whole exchange, with its body. Thread-safe.
 */
final class RegistryHttp implements AutoCloseable {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    /** Less time is no use for another attempt, which would hide the reason of the last one. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final ObjectMapper json = new ObjectMapper();
    private final RegistryAddress address;
    private final HttpClient client;
    private final long patienceNanos;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What the registry answered, which may be an error. */
    record Answer(int status, JsonNode body) {

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

    RegistryHttp(RegistryAddress address, @Nullable SSLContext tls, Duration patience) {
        this.address = address;
        this.patienceNanos = patience.toNanos();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    RegistryAddress address() {
        return address;
    }

    /**
     * Asks until there is an answer that waiting does not change.
     *
     * @param asked what the registry was to do, as in "tell schema 17"
     * @param body what to post; null: get
     */
    Answer ask(String asked, String path, @Nullable String body) {
        long deadline = System.nanoTime() + patienceNanos;
        RegistryException last = null;
        for (int attempt = 0; last == null || deadline - System.nanoTime() > LEAST_NANOS; attempt++) {
            if (last != null && !pause(attempt, deadline - LEAST_NANOS)) {
                throw interrupted(asked);
            }
            for (URI base : address.bases()) {
                long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime());
                try {
                    Answer answer = answer(asked, base, exchange(base, path, body, left));
                    if (!PASSING.contains(answer.status())) {
                        return answer;
                    }
                    last = failed(asked, base, answer.status() + " " + answer.message(), null);
                } catch (LimitedBody.TooLargeException e) { // and will be so again
                    throw failed(asked, base, String.valueOf(e.getMessage()), e);
                } catch (IOException e) {
                    last = failed(asked, base, reason(base, e), e);
                } catch (CancellationException e) {
                    throw new RegistryException(
                            "Closed while waiting for the schema registry at " + place(base) + " to " + asked, e);
                } catch (InterruptedException e) {
                    throw interrupted(asked);
                }
            }
        }
        throw last;
    }

    /**
     * One question and its answer, to the last byte. The timeout of Java's client ends with the first bytes of an answer, so the
     * whole is waited for here.
     */
    @SuppressWarnings("CollectionUndefinedEquality") // each is itself
    private HttpResponse<byte[]> exchange(URI base, String path, @Nullable String body, long nanos)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request(base, path, body, Duration.ofNanos(nanos)), head -> new LimitedBody(LARGEST_ANSWER));
        underWay.add(exchange);
        try {
            if (closed) {
                throw new CancellationException("closed");
            }
            return exchange.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw (IOException) new HttpTimeoutException("no answer in time").initCause(e);
        } finally {
            underWay.remove(exchange);
            exchange.cancel(true);
        }
    }

    /** Ends what is under way, and refuses what comes after it. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(exchange -> exchange.cancel(true));
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

    private Answer answer(String asked, URI base, HttpResponse<byte[]> response) {
        JsonNode body = parse(response.body());
        if (body != null) {
            return new Answer(response.statusCode(), body);
        }
        if (PASSING.contains(response.statusCode())) {
            return new Answer(response.statusCode(), json.createObjectNode());
        }
        String type = response.headers().firstValue("Content-Type").orElse("no content type");
        throw failed(
                asked,
                base,
                "it answered " + response.statusCode() + " with " + type + ", which is no JSON ("
                        + "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL must be the base of the registry's API,"
                        + " such as http://host:8081 or http://host/apis/ccompat/v7)",
                null);
    }

    /** Null where it is no JSON. Nothing at all counts as an empty object, as some servers refuse without words. */
    private @Nullable JsonNode parse(byte[] bytes) {
        try {
            JsonNode body = bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
            return body.isContainerNode() ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A request body with one text. */
    String body(String field, String text) {
        return json.createObjectNode().put(field, text).toString();
    }

    static String encoded(String segment) {
        return java.net.URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }

    RegistryException failed(String asked, URI base, String reason, @Nullable Throwable cause) {
        return new RegistryException(
                "The schema registry at " + place(base) + " did not " + asked + ": " + reason, cause);
    }

    private static String place(URI base) {
        int standard = base.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return base.getHost() + ":" + (base.getPort() < 0 ? standard : base.getPort());
    }

    private static RegistryException interrupted(String asked) {
        Thread.currentThread().interrupt();
        return new RegistryException("Interrupted while waiting for the schema registry to " + asked, null);
    }

    /** Waits before another attempt, longer each time and never the same; false when interrupted. */
    private static boolean pause(int attempt, long deadline) {
        long longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(attempt, 10));
        long nanos = TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(nanos, Math.max(0, deadline - System.nanoTime())));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static String reason(URI base, IOException failure) {
        String check = " (is it running, and is EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL right?)";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host " + base.getHost() + " (check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL)";
            }
            if (cause instanceof SSLException) {
                return "no TLS connection: " + cause.getMessage()
                        + " (see the schema.registry.ssl.* properties in EVENT_BUS_KAFKA_CLIENT_CONFIG,"
                        + " and whether it speaks TLS)";
            }
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof HttpTimeoutException) {
            return "no answer in time" + check;
        }
        if (failure instanceof ConnectException) {
            return "cannot connect" + check;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
