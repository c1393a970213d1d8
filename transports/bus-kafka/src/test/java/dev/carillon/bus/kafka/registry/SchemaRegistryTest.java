package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry may answer, told by a server of the test's; the last tests ask a real one. */
class SchemaRegistryTest {

    private static final String TEXT = "{\"name\": \"id\", \"type\": \"long\"}";
    private static final String RECORD = "{\"type\": \"record\", \"name\": \"CloudEvent\", \"fields\": [%s]}";

    private HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nanoTime = new AtomicLong();
    private volatile Function<HttpExchange, Reply> answers = exchange -> new Reply(200, "{\"id\": 7}");

    private record Reply(int status, String body) {}

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            Reply reply = answers.apply(exchange);
            byte[] bytes = reply.body().getBytes(UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", reply.body().startsWith("<") ? "text/html" : "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void answer(int status, String body) {
        answers = exchange -> new Reply(status, body);
    }

    private SchemaRegistry registry() {
        return registry("http://127.0.0.1:" + server.getAddress().getPort() + "/base/", null);
    }

    private SchemaRegistry registry(Duration patience) {
        return registry("http://127.0.0.1:" + server.getAddress().getPort() + "/base/", null, patience);
    }

    private SchemaRegistry registry(String urls, @Nullable String key) {
        return registry(urls, key, Duration.ofMillis(1_500));
    }

    private SchemaRegistry registry(String urls, @Nullable String key, Duration patience) {
        RegistryAddress address =
                RegistryAddress.parse(urls, Optional.ofNullable(key), Optional.ofNullable(key), problem -> {
                    throw new AssertionError(problem);
                });
        return new SchemaRegistry(Objects.requireNonNull(address), null, patience, nanoTime::get);
    }

    @Test
    void registersASchemaAsItIsWrittenAndKnowsItsIdFromThenOn() {
        SchemaRegistry registry = registry();

        assertThat(registry.idOf("stage/topic-long", TEXT)).isEqualTo(7);
        assertThat(registry.idOf("stage/topic-long", TEXT)).isEqualTo(7);

        assertThat(requests)
                .containsExactly("POST /base/subjects/stage%2Ftopic-long/versions"
                        + " {\"schema\":\"{\\\"name\\\": \\\"id\\\", \\\"type\\\": \\\"long\\\"}\"}");
    }

    @Test
    void asksOnceHoweverManyThreadsWantTheSame() throws Exception {
        CountDownLatch asked = new CountDownLatch(50);
        answers = exchange -> {
            await(asked);
            return new Reply(200, "{\"schema\": \"\\\"string\\\"\"}");
        };
        SchemaRegistry registry = registry();
        List<CompletableFuture<Schema>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        asked.countDown();
                        return registry.schemaOf(3);
                    },
                    threads));
        }

        Schema first = answers.get(0).get();
        for (CompletableFuture<Schema> answer : answers) {
            assertThat(answer.get()).isSameAs(first);
        }
        assertThat(requests).containsExactly("GET /base/schemas/ids/3 ");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asksAgainWhenTheServerHasATroubleThatPasses() {
        AtomicInteger attempts = new AtomicInteger();
        answers = exchange ->
                attempts.incrementAndGet() < 3 ? new Reply(503, "<html>later</html>") : new Reply(200, "{\"id\": 9}");

        assertThat(registry().idOf("subject", TEXT)).isEqualTo(9);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void asksAnotherServerWhenOneIsAway() {
        SchemaRegistry registry = registry(
                "http://127.0.0.1:1,http://127.0.0.1:" + server.getAddress().getPort(), null);

        assertThat(registry.idOf("subject", TEXT)).isEqualTo(7);
    }

    @Test
    void aRegistryThatFailedIsLeftAloneForAWhile() {
        answer(401, "{\"error_code\": 401, \"message\": \"no\"}");
        SchemaRegistry registry = registry();
        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).isInstanceOf(RegistryException.class);
        assertThat(requests).hasSize(1);

        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
        answer(200, "{\"id\": 5}");

        assertThat(registry.idOf("subject", TEXT)).isEqualTo(5);
    }

    @Test
    void showsItsKeyAndSecret() {
        List<String> seen = new ArrayList<>();
        answers = exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            return new Reply(200, "{\"id\": 1}");
        };
        String place = "127.0.0.1:" + server.getAddress().getPort();

        registry("http://" + place, "sésame").idOf("one", TEXT);
        registry("http://ada:secret@" + place, null).idOf("two", TEXT);
        registry("http://" + place, null).idOf("three", TEXT);

        assertThat(seen).containsExactly("Basic c8Opc2FtZTpzw6lzYW1l", "Basic YWRhOnNlY3JldA==", "null");
    }

    @Test
    void refusalsSayWhatToDo() {
        assertRefused(401, "401 no", "check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and");
        assertRefused(403, "403 no", "needs to read and register schemas");
        assertRefused(404, "404 no", "must be the base of the registry's API");
        assertRefused(422, "422 no", "register the schema of subject s-422");
    }

    private void assertRefused(int status, String... parts) {
        answer(status, "{\"error_code\": " + status + ", \"message\": \"no\"}");
        assertThatThrownBy(() -> registry().idOf("s-" + status, TEXT))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("The schema registry at 127.0.0.1:"
                        + server.getAddress().getPort())
                .hasMessageContainingAll(parts);
    }

    @Test
    void aConflictNamesTheField() {
        String latest = RECORD.formatted("{\\\"name\\\": \\\"grade\\\", \\\"type\\\": \\\"string\\\"}")
                .replace(
                        "\"type\": \"record\", \"name\": \"CloudEvent\", \"fields\"",
                        "\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"CloudEvent\\\", \\\"fields\\\"");
        answers = exchange -> exchange.getRequestMethod().equals("POST")
                ? new Reply(409, "{\"error_code\": 409, \"message\": \"incompatible\"}")
                : new Reply(200, "{\"schema\": \"" + latest + "\"}");

        assertThatThrownBy(
                        () -> registry().idOf("subject", RECORD.formatted("{\"name\": \"grade\", \"type\": \"long\"}")))
                .isInstanceOf(UnpublishableException.class)
                .hasMessageContaining("409, it is incompatible with the latest")
                .hasMessageContaining("type mismatch at /fields/0/type");
    }

    @Test
    void aPageInsteadOfJsonIsNotShown() {
        answer(200, "<html>Welcome to nginx</html>");

        assertThatThrownBy(() -> registry().idOf("subject", TEXT))
                .hasMessageContaining("it answered 200 with text/html, which is no JSON")
                .hasMessageNotContaining("nginx");
    }

    @Test
    void anIdThatIsUnknownOrNoAvroIsUnusableAndNotAskedForAgain() {
        answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
        SchemaRegistry registry = registry();
        assertThatThrownBy(() -> registry.schemaOf(17))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("its schema id 17 is unknown to the schema registry");
        assertThatThrownBy(() -> registry.schemaOf(17)).isInstanceOf(UnusableSchemaException.class);
        assertThat(requests).hasSize(1);

        answer(200, "{\"schema\": \"{}\", \"schemaType\": \"JSON\"}");
        assertThatThrownBy(() -> registry.schemaOf(18)).hasMessageContaining("is of type JSON, but must be Avro");
        answer(200, "{\"schema\": \"{\"}");
        assertThatThrownBy(() -> registry.schemaOf(19)).hasMessageContaining("has no readable Avro schema");
    }

    @Test
    void a404ThatIsNotTheRegistrysOwnIsNoUnknownId() {
        answer(404, "{\"status\": 404, \"path\": \"/base/schemas/ids/1\"}");

        assertThatThrownBy(() -> registry().schemaOf(1)).isInstanceOf(RegistryException.class);
    }

    @Test
    void anIdThatCannotExistIsUnusableAndNotAskedFor() {
        assertThatThrownBy(() -> registry().schemaOf(-1))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("its schema id 4294967295 cannot exist");

        assertThat(requests).isEmpty();
    }

    @Test
    void aRegistryThatAnswersInWordsOfItsOwnThatItHasNoSuchSchemaIsNotAway() {
        for (Reply refusal : List.of(
                new Reply(404, ""),
                new Reply(404, "{\"message\": \"gone\"}"),
                new Reply(404, "{\"error_code\": 50001, \"message\": \"no such row\"}"),
                new Reply(400, "{\"error_code\": 400, \"message\": \"no such row\"}"),
                new Reply(422, "{\"error_code\": 42205, \"message\": \"no such row\"}"))) {
            answers = exchange -> exchange.getRequestURI().getPath().endsWith("/config")
                    ? new Reply(200, "{\"compatibilityLevel\": \"NONE\"}")
                    : refusal;

            assertThatThrownBy(() -> registry().schemaOf(1))
                    .as(refusal.toString())
                    .isInstanceOf(UnusableSchemaException.class)
                    .hasMessageContaining("which answers " + refusal.status());
        }
    }

    @Test
    void aServerThatDoesNotLetUsInOrSendsUsElsewhereIsNoUnknownId() {
        for (int status : List.of(301, 401, 403, 407)) {
            answer(status, "{\"error_code\": " + status + ", \"message\": \"no\"}");

            assertThatThrownBy(() -> registry().schemaOf(1))
                    .as("status " + status)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(status + " no");
        }
        answer(200, "{}");
        assertThatThrownBy(() -> registry().schemaOf(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("without a schema");
    }

    /** Begins with an answer, and never ends it. */
    private void stall(byte[] part) {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(part);
            exchange.getResponseBody().flush();
            requests.add("stalled");
            await(new CountDownLatch(1));
        });
    }

    @Test
    void anAnswerThatStallsIsGivenUpInTimeAndAskedForAgain() {
        stall("{\"id\":".getBytes(UTF_8));
        SchemaRegistry registry = registry();

        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).hasMessageContaining("no answer in time");

        server.removeContext("/");
        server.createContext("/", this::serve);
        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(registry.idOf("subject", TEXT)).isEqualTo(7);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        stall(new byte[(16 << 20) + 1]);

        assertThatThrownBy(() -> registry().idOf("subject", TEXT)).hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void closingReleasesWhoeverWaits() {
        stall("{".getBytes(UTF_8));
        SchemaRegistry registry = registry(Duration.ofHours(1));
        CompletableFuture<Integer> waiting =
                CompletableFuture.supplyAsync(() -> registry.idOf("subject", TEXT), threads);
        org.awaitility.Awaitility.await("the answer to begin").until(() -> requests.contains("stalled"));

        registry.close();

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("Closed while waiting");
        assertThatThrownBy(() -> registry.idOf("other", TEXT)).hasMessageContaining("Closed while waiting");
    }

    @Test
    void aServerThatHangsIsGivenUpInTime() {
        CountDownLatch never = new CountDownLatch(1);
        answers = exchange -> {
            await(never);
            return new Reply(200, "");
        };

        assertThatThrownBy(() -> registry().idOf("subject", TEXT)).hasMessageContaining("no answer in time");
        never.countDown();
    }

    @Test
    void wrongAddressesAreRefusedWithoutTheirSecrets() {
        List<String> problems = new ArrayList<>();

        assertThat(RegistryAddress.parse("ftp://ada:secret@host", Optional.empty(), Optional.empty(), problems::add))
                .isNull();
        assertThat(RegistryAddress.parse("http://host", Optional.of("key"), Optional.empty(), problems::add))
                .isNull();

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0))
                .contains("must be the address of a schema registry")
                .doesNotContain("secret");
        assertThat(problems.get(1)).contains("must be set both or neither");
    }

    @Test
    void aRealRegistryKeepsOneVersionAndNamesTheFieldOfAConflict() throws Exception {
        try (EmbeddedRegistry real = EmbeddedRegistry.start()) {
            String first = RECORD.formatted("{\"name\": \"grade\", \"type\": \"string\"}");
            int id = registry(real.url(), null).idOf("real", first);

            assertThat(registry(real.url(), null).idOf("real", first)).isEqualTo(id);
            assertThat(registry(real.url(), null).firstIdOf("real")).isEqualTo(id);
            assertThat(registry(real.url(), null).schemaOf(id)).isEqualTo(new Schema.Parser().parse(first));
            for (int unknown : List.of(0, 987_654, Integer.MAX_VALUE, -1)) {
                assertThatThrownBy(() -> registry(real.url(), null).schemaOf(unknown))
                        .as("id " + unknown)
                        .isInstanceOf(UnusableSchemaException.class);
            }

            put(real.url() + "/config", "{\"compatibility\": \"BACKWARD\"}");
            assertThatThrownBy(() -> registry(real.url(), null)
                            .idOf("real", RECORD.formatted("{\"name\": \"grade\", \"type\": \"long\"}")))
                    .isInstanceOf(UnpublishableException.class)
                    .hasMessageContaining("409")
                    .hasMessageContaining("/fields/0/type");
        }
    }

    private static void put(String url, String body) throws InterruptedException {
        try {
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .header("Content-Type", "application/json")
                                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
