package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.kafka.registry.RegistryException;
import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.embedded.server.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A schema registry with TLS, and a certificate of a private authority. */
@Isolated(
        "a TLS connection must exist within the five seconds that the client waits, also while other classes start brokers")
class SecuredRegistryTest {

    private static final String REGISTRY = KafkaSettings.REGISTRY_PREFIX;

    @TempDir
    private Path folder;

    private TlsFiles files;
    private HttpsServer server;
    private volatile boolean requestsCertificate;

    @BeforeEach
    void startServer() throws IOException {
        files = TlsFiles.create(folder, Clock.systemUTC());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(KafkaSettings.sslContext(certificate(""))) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(requestsCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", SecuredRegistryTest::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"id\": 7}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Map<String, Object> trust(String prefix) {
        return Map.of(
                prefix + "ssl.truststore.type",
                "PEM",
                prefix + "ssl.truststore.location",
                files.caCertificate().toString());
    }

    /** The server's certificate is also used as client certificate. */
    private Map<String, Object> certificate(String prefix) throws IOException {
        Path store = Files.writeString(
                folder.resolve("store.pem"), Files.readString(files.key()) + Files.readString(files.certificate()));
        Map<String, Object> properties = new HashMap<>(trust(prefix));
        properties.put(prefix + "ssl.keystore.type", "PEM");
        properties.put(prefix + "ssl.keystore.location", store.toString());
        return properties;
    }

    private int idOfASchema(Map<String, Object> clientConfig) {
        Settings settings = Settings.of(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS,
                "127.0.0.1:1",
                KafkaSettings.REGISTRY_URL,
                "https://127.0.0.1:" + server.getAddress().getPort(),
                KafkaSettings.CLIENT_CONFIG,
                clientConfig));
        SettingsReader reader = new SettingsReader(settings);
        KafkaSettings read = KafkaSettings.read(reader, Optional.empty());
        reader.finish();
        try (SchemaRegistry registry = KafkaTransport.registry(read)) {
            return registry.idOf("steps-string", "{\"name\": \"id\", \"type\": \"string\"}");
        }
    }

    @Test
    void trustsTheConfiguredAuthority() {
        assertThat(idOfASchema(trust(REGISTRY))).isEqualTo(7);
    }

    @Test
    void kafkasTruststoreIsNotUsedForTheRegistry() {
        assertThatThrownBy(() -> idOfASchema(trust("")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("no TLS connection")
                .hasMessageContaining("schema.registry.ssl.*");
    }

    @Test
    void sendsItsClientCertificateIfTheServerRequestsIt() throws IOException {
        requestsCertificate = true;

        assertThat(idOfASchema(certificate(REGISTRY))).isEqualTo(7);
        assertThatThrownBy(() -> idOfASchema(trust(REGISTRY))).isInstanceOf(RegistryException.class);
    }

    @Test
    void unreadableFilesAreNamed() {
        assertThatThrownBy(() -> idOfASchema(Map.of(REGISTRY + "ssl.truststore.location", "/nowhere/ca.pem")))
                .hasMessageContaining("schema.registry.ssl")
                .hasMessageContaining("/nowhere/ca.pem");
    }
}
