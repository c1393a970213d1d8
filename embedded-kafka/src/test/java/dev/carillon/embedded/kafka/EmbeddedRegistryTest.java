package dev.carillon.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void keepsItsSchemasWhenItIsKilledAndStartedAgain() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String id = call(registry, "/subjects/news/versions", "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}");
            assertThat(id).matches("\\{\"id\":\\d+}");

            registry.kill();
            registry.restart();

            assertThat(call(registry, "/subjects/news/versions", "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}"))
                    .isEqualTo(id);
            assertThat(call(registry, "/subjects/news/versions", null)).isEqualTo("[1]");
        }
    }

    private String call(EmbeddedRegistry registry, String path, @org.jspecify.annotations.Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
