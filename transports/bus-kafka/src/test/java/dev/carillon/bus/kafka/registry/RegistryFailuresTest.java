package dev.carillon.bus.kafka.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registries that fail, hang, or are something else. */
class RegistryFailuresTest {

    private static final String TEXT = "{\"name\": \"id\", \"type\": \"long\"}";

    private RegistryStub server;

    @BeforeEach
    void startServer() throws IOException {
        server = new RegistryStub();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void retriesTransientErrors() {
        AtomicInteger attempts = new AtomicInteger();
        server.reply(exchange -> attempts.incrementAndGet() < 3
                ? new RegistryStub.Reply(503, "<html>later</html>")
                : new RegistryStub.Reply(200, "{\"id\": 9}"));

        assertThat(server.client().idOf("subject", TEXT)).isEqualTo(9);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void triesTheNextServerWhenOneIsUnavailable() {
        SchemaRegistry registry = server.client("http://127.0.0.1:1,http://" + server.hostAndPort(), null);

        assertThat(registry.idOf("subject", TEXT)).isEqualTo(7);
    }

    @Test
    void failuresAreCachedForAShortTime() {
        server.reply(401, "{\"error_code\": 401, \"message\": \"no\"}");
        SchemaRegistry registry = server.client();
        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).isInstanceOf(RegistryException.class);
        assertThat(server.requests()).hasSize(1);

        server.advance(Duration.ofSeconds(2));
        server.reply(200, "{\"id\": 5}");

        assertThat(registry.idOf("subject", TEXT)).isEqualTo(5);
    }

    @Test
    void rejectionsSayWhatToCheck() {
        assertRejected(401, "401 no", "check EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY and");
        assertRejected(403, "403 no", "needs permission to read and register schemas");
        assertRejected(404, "404 no", "must be the base of the registry's API");
        assertRejected(422, "422 no", "register the schema of subject s-422");
    }

    private void assertRejected(int status, String... parts) {
        server.reply(status, "{\"error_code\": " + status + ", \"message\": \"no\"}");
        assertThatThrownBy(() -> server.client().idOf("s-" + status, TEXT))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("The schema registry at " + server.hostAndPort())
                .hasMessageContainingAll(parts);
    }

    @Test
    void anHtmlPageInsteadOfJsonIsNotQuoted() {
        server.reply(200, "<html>Welcome to nginx</html>");

        assertThatThrownBy(() -> server.client().idOf("subject", TEXT))
                .hasMessageContaining("it returned 200 with text/html, which is not JSON")
                .hasMessageNotContaining("nginx");
    }

    @Test
    void a404FromAnotherServerDoesNotMeanAnUnknownId() {
        server.reply(404, "{\"status\": 404, \"path\": \"/base/schemas/ids/1\"}");

        assertThatThrownBy(() -> server.client().schemaOf(1)).isInstanceOf(RegistryException.class);
    }

    @Test
    void authenticationErrorsAndRedirectsDoNotMeanAnUnknownId() {
        for (int status : List.of(301, 401, 403, 407)) {
            server.reply(status, "{\"error_code\": " + status + ", \"message\": \"no\"}");

            assertThatThrownBy(() -> server.client().schemaOf(1))
                    .as("status " + status)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(status + " no");
        }
        server.reply(200, "{}");
        assertThatThrownBy(() -> server.client().schemaOf(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("without a schema");
    }

    @Test
    void aStalledResponseTimesOutAndIsRetried() {
        server.stall("{\"id\":".getBytes(UTF_8));
        SchemaRegistry registry = server.clientWithShortTimeout();

        assertThatThrownBy(() -> registry.idOf("subject", TEXT)).hasMessageContaining("no response in time");

        server.recover();
        server.advance(Duration.ofSeconds(2));
        assertThat(registry.idOf("subject", TEXT)).isEqualTo(7);
    }

    @Test
    void anOversizedResponseIsCutOff() {
        server.stall(new byte[(16 << 20) + 1]);

        assertThatThrownBy(() -> server.client().idOf("subject", TEXT))
                .hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void closeReleasesWaitingCallers() {
        server.stall("{".getBytes(UTF_8));
        SchemaRegistry registry = server.client(Duration.ofHours(1));
        CompletableFuture<Integer> waiting =
                CompletableFuture.supplyAsync(() -> registry.idOf("subject", TEXT), server.threads());
        Awaitility.await("the response to begin").until(() -> server.requests().contains("stalled"));

        registry.close();

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withMessageContaining("Closed while waiting");
        assertThatThrownBy(() -> registry.idOf("other", TEXT)).hasMessageContaining("Closed while waiting");
    }

    @Test
    void aHangingServerTimesOut() {
        CountDownLatch never = new CountDownLatch(1);
        server.reply(exchange -> {
            RegistryStub.await(never);
            return new RegistryStub.Reply(200, "");
        });

        assertThatThrownBy(() -> server.clientWithShortTimeout().idOf("subject", TEXT))
                .hasMessageContaining("no response in time");
        never.countDown();
    }
}
