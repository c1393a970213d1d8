package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.embedded.server.EmbeddedServerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedRegistryTest {

    private static final String LONG = "{\"schema\": \"\\\"long\\\"\"}";
    private static final String STRING = "{\"schema\": \"\\\"string\\\"\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedRegistry registry;

    @BeforeAll
    void start() {
        registry = EmbeddedRegistry.start();
    }

    @AfterAll
    void isGoneWhenClosed() {
        registry.close();

        assertThat(ProcessHandle.of(registry.pid())).isEmpty();
        assertThatThrownBy(() -> get(registry, "/subjects")).isInstanceOf(IOException.class);
    }

    @Test
    void keepsRegisteredSchemasUnderTheSameIdsThroughAKill() throws Exception {
        assertThat(registry.url()).isEqualTo("http://127.0.0.1:" + registry.port() + "/apis/ccompat/v7");
        String id = register(registry, "courses-string", STRING);

        registry.kill();
        assertThat(registry.isRunning()).isFalse();
        registry.restart();

        assertThat(register(registry, "courses-string", STRING)).isEqualTo(id);
        assertThat(register(registry, "courses-long", LONG)).isNotEqualTo(id);
        assertThat(get(registry, "/schemas/ids/" + id.replaceAll("\\D", "")).body())
                .contains("\"schema\":\"\\\"string\\\"\"");
    }

    @Test
    void checksCompatibilityOnRequest() throws Exception {
        assertThat(get(registry, "/config").body()).contains("NONE");
        register(registry, "grades-value", STRING);
        put(registry, "/config/grades-value", "{\"compatibility\": \"BACKWARD\"}");

        assertThat(post(registry, "/subjects/grades-value/versions", LONG).statusCode())
                .isEqualTo(409);
    }

    @Test
    void aPortThatAnotherServerHasIsNamed() throws Exception {
        assertThatThrownBy(() ->
                        EmbeddedRegistry.builder().port(registry.port()).start().close())
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("Port " + registry.port() + " of 127.0.0.1 is taken");
        assertThat(get(registry, "/subjects").statusCode()).isEqualTo(200);
    }

    @Test
    void aSettingThatIsNotOpenIsRefusedByName() {
        assertThatThrownBy(() -> EmbeddedRegistry.builder().config("quarkus.http.port", "1"))
                .hasMessage("'quarkus.http.port' cannot be set with config(): see port()");
    }

    private String register(EmbeddedRegistry registry, String subject, String schema) throws Exception {
        HttpResponse<String> response = post(registry, "/subjects/" + subject + "/versions", schema);
        assertThat(response.body()).matches("\\{\"id\":[1-9]\\d*}");
        return response.body();
    }

    private HttpResponse<String> get(EmbeddedRegistry registry, String path) throws Exception {
        return call(request(registry, path));
    }

    private HttpResponse<String> post(EmbeddedRegistry registry, String path, String json) throws Exception {
        return call(request(registry, path).POST(BodyPublishers.ofString(json)));
    }

    private void put(EmbeddedRegistry registry, String path, String json) throws Exception {
        assertThat(call(request(registry, path).PUT(BodyPublishers.ofString(json)))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpRequest.Builder request(EmbeddedRegistry registry, String path) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
