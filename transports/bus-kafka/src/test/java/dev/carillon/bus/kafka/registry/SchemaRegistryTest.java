package dev.carillon.bus.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.EventSchema;
import dev.carillon.bus.kafka.KafkaBench;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.bus.transport.WriterSchema;
import dev.carillon.embedded.kafka.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What registries return; the last test uses a real one. */
class SchemaRegistryTest {

    private static final String TEXT = "{\"name\": \"id\", \"type\": \"long\"}";
    private static final String RECORD = "{\"type\": \"record\", \"name\": \"CloudEvent\", \"fields\": [%s]}";

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
    void registersASchemaVerbatimAndCachesItsId() {
        SchemaRegistry registry = server.client();

        assertThat(registry.idOf("stage/topic-long", TEXT)).isEqualTo(7);
        assertThat(registry.idOf("stage/topic-long", TEXT)).isEqualTo(7);

        assertThat(server.requests())
                .containsExactly("POST /base/subjects/stage%2Ftopic-long/versions"
                        + " {\"schema\":\"{\\\"name\\\": \\\"id\\\", \\\"type\\\": \\\"long\\\"}\"}");
    }

    @Test
    void concurrentCallersShareOneRequest() throws Exception {
        CountDownLatch started = new CountDownLatch(50);
        server.reply(exchange -> {
            RegistryStub.await(started);
            return new RegistryStub.Reply(200, "{\"schema\": \"\\\"string\\\"\"}");
        });
        SchemaRegistry registry = server.client();
        List<CompletableFuture<WriterSchema>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> {
                        started.countDown();
                        return registry.schemaOf(3);
                    },
                    server.threads()));
        }

        WriterSchema first = calls.get(0).get();
        for (CompletableFuture<WriterSchema> call : calls) {
            assertThat(call.get()).isSameAs(first);
        }
        assertThat(server.requests()).containsExactly("GET /base/schemas/ids/3 ");
    }

    @Test
    void sendsItsCredentials() {
        List<String> seen = new ArrayList<>();
        server.reply(exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            return new RegistryStub.Reply(200, "{\"id\": 1}");
        });
        String place = server.hostAndPort();

        server.client("http://" + place, "sésame").idOf("one", TEXT);
        server.client("http://ada:secret@" + place, null).idOf("two", TEXT);
        server.client("http://" + place, null).idOf("three", TEXT);

        assertThat(seen).containsExactly("Basic c8Opc2FtZTpzw6lzYW1l", "Basic YWRhOnNlY3JldA==", "null");
    }

    @Test
    void aConflictNamesTheField() {
        String latest = RECORD.formatted("{\\\"name\\\": \\\"grade\\\", \\\"type\\\": \\\"string\\\"}")
                .replace(
                        "\"type\": \"record\", \"name\": \"CloudEvent\", \"fields\"",
                        "\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"CloudEvent\\\", \\\"fields\\\"");
        server.reply(exchange -> exchange.getRequestMethod().equals("POST")
                ? new RegistryStub.Reply(409, "{\"error_code\": 409, \"message\": \"incompatible\"}")
                : new RegistryStub.Reply(200, "{\"schema\": \"" + latest + "\"}"));

        assertThatThrownBy(() ->
                        server.client().idOf("subject", RECORD.formatted("{\"name\": \"grade\", \"type\": \"long\"}")))
                .isInstanceOf(UnpublishableException.class)
                .hasMessageContaining("409, it is incompatible with the latest")
                .hasMessageContaining("type mismatch at /fields/0/type");
    }

    @Test
    void anUnknownOrNonAvroSchemaIsUnresolvableAndCachedAsThat() {
        server.reply(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
        SchemaRegistry registry = server.client();
        assertThatThrownBy(() -> registry.schemaOf(17))
                .isInstanceOf(UnresolvableSchemaException.class)
                .hasMessageContaining("its schema id 17 is unknown to the schema registry");
        assertThatThrownBy(() -> registry.schemaOf(17)).isInstanceOf(UnresolvableSchemaException.class);
        assertThat(server.requests()).hasSize(1);

        server.reply(200, "{\"schema\": \"{}\", \"schemaType\": \"JSON\"}");
        assertThatThrownBy(() -> registry.schemaOf(18)).hasMessageContaining("is of type JSON, but must be Avro");
        server.reply(200, "{\"schema\": \"{\"}");
        assertThatThrownBy(() -> registry.schemaOf(19))
                .hasMessageContaining("cannot be parsed: not a valid Avro schema");
    }

    @Test
    void anImpossibleIdIsUnresolvableWithoutARequest() {
        assertThatThrownBy(() -> server.client().schemaOf(-1))
                .isInstanceOf(UnresolvableSchemaException.class)
                .hasMessageContaining("its schema id 4294967295 cannot exist");

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void otherErrorCodesForAnUnknownSchemaAreUnderstood() {
        for (RegistryStub.Reply rejection : List.of(
                new RegistryStub.Reply(404, ""),
                new RegistryStub.Reply(404, "{\"message\": \"gone\"}"),
                new RegistryStub.Reply(404, "{\"error_code\": 50001, \"message\": \"no such row\"}"),
                new RegistryStub.Reply(400, "{\"error_code\": 400, \"message\": \"no such row\"}"),
                new RegistryStub.Reply(422, "{\"error_code\": 42205, \"message\": \"no such row\"}"))) {
            server.reply(exchange -> exchange.getRequestURI().getPath().endsWith("/config")
                    ? new RegistryStub.Reply(200, "{\"compatibilityLevel\": \"NONE\"}")
                    : rejection);

            assertThatThrownBy(() -> server.client().schemaOf(1))
                    .as(rejection.toString())
                    .isInstanceOf(UnresolvableSchemaException.class)
                    .hasMessageContaining("which returned " + rejection.status());
        }
    }

    @Test
    void invalidUrlsAreReportedWithoutTheirSecrets() {
        List<String> problems = new ArrayList<>();

        assertThat(RegistryAddress.parse("ftp://ada:secret@host", Optional.empty(), Optional.empty(), problems::add))
                .isNull();
        assertThat(RegistryAddress.parse("http://host", Optional.of("key"), Optional.empty(), problems::add))
                .isNull();

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0))
                .contains("must be the address of a schema registry")
                .doesNotContain("secret");
        assertThat(problems.get(1)).contains("must both be set or both be unset");
    }

    @Test
    void aRealRegistryKeepsOneVersionAndNamesTheConflictingField() throws Exception {
        EmbeddedRegistry real = KafkaBench.shared().registry();
        String first = RECORD.formatted("{\"name\": \"grade\", \"type\": \"string\"}");
        int id = server.client(real.url(), null).idOf("real", first);

        assertThat(server.client(real.url(), null).idOf("real", first)).isEqualTo(id);
        assertThat(server.client(real.url(), null).firstIdOf("real")).isEqualTo(id);
        assertThat(server.client(real.url(), null).schemaOf(id).parsed(EventSchema.class, EventSchema::parse))
                .isEqualTo(EventSchema.parse(first));
        for (int unknown : List.of(0, 987_654, Integer.MAX_VALUE, -1)) {
            assertThatThrownBy(() -> server.client(real.url(), null).schemaOf(unknown))
                    .as("id " + unknown)
                    .isInstanceOf(UnresolvableSchemaException.class);
        }

        put(real.url() + "/config/real", "{\"compatibility\": \"BACKWARD\"}");
        assertThatThrownBy(() -> server.client(real.url(), null)
                        .idOf("real", RECORD.formatted("{\"name\": \"grade\", \"type\": \"long\"}")))
                .isInstanceOf(UnpublishableException.class)
                .hasMessageContaining("409")
                .hasMessageContaining("/fields/0/type");
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
