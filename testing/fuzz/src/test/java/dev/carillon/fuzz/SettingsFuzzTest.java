package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Untrusted settings: a bus, or a {@link SettingsException} that shows no secret. */
@Tag("thorough")
class SettingsFuzzTest {

    private static final String SECRET = "Geheimnis";

    @TempDir
    static Path folder = Path.of("");

    private final Events events = Events.create("fuzz");
    private final Path file = folder.resolve("settings.yml");

    static Stream<byte[]> files() {
        return Stream.of("""
                        EVENT_BUS_PRODUCER: redis
                        EVENT_BUS_REDIS_CONNECTION_URL: redis://:password@localhost:6379/0
                        EVENT_BUS_REDIS_STREAM_MAX_LEN: 10000
                        EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT: 0.5
                        EVENT_BUS_REDIS_CONSUMER_CONSECUTIVE_ERRORS_LIMIT: 10
                        EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED: true
                        EVENT_BUS_TOPIC_PREFIX: prod
                        SERVICE_VARIANT: lms
                        EVENT_BUS_PRODUCER_CONFIG:
                          org.openedx.learning.certificate.created.v1:
                            learning-certificate-lifecycle:
                              event_key_field: certificate.course.course_key
                              enabled: true
                        """, """
                        {"EVENT_BUS_CONSUMER": "edx_event_bus_kafka.KafkaEventConsumer",
                         "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS": "localhost:9092,[::1]:9093",
                         "EVENT_BUS_KAFKA_API_KEY": "key", "EVENT_BUS_KAFKA_API_SECRET": "secret",
                         "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL": "https://user:password@localhost:8081/path",
                         "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY": "key",
                         "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET": "secret",
                         "EVENT_BUS_KAFKA_CLIENT_CONFIG": {"compression.type": "zstd", "session.timeout.ms": 45000},
                         "EVENT_BUS_KAFKA_CONSUMER_POLL_TIMEOUT": "1e0"}
                        """, "a: &a [*a]\nb: !!set {c}\n? [d]\n: e\nf: .inf\ng: 0x1F\nh: 2024-01-02\n")
                .map(text -> new Input.Writer().rest(text).bytes());
    }

    /** An input is a settings file. */
    @MethodSource("files")
    @FuzzTest
    void aWholeFile(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            Settings settings = Settings.fromFile(file);
            assertThat(settings.shown()).isNotNull();
            EventBus.open(settings, events).close();
        } catch (SettingsException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    static Stream<byte[]> producerConfigs() {
        return Stream.of("""
                        {"org.openedx.learning.certificate.created.v1": {
                           "learning-certificate-lifecycle":
                             {"event_key_field": "certificate.course.course_key", "enabled": true, "mode": "direct"},
                           "other": {"event_key_field": "certificate.user.pii.email", "enabled": false}}}
                        """, """
                        org.openedx.content_authoring.course.catalog_info.changed.v1:
                          - {topic: course-catalog-info-changed, event_key_field: catalog_info.course_key, enabled: true}
                          - {topic: other, event_key_field: catalog_info.schedule_data.start, enabled: yes}
                        """).map(text -> new Input.Writer().rest(text).bytes());
    }

    /** An input is the text of the setting. */
    @MethodSource("producerConfigs")
    @FuzzTest
    void theProducerConfig(byte[] bytes) {
        Settings settings = Settings.of(Map.of("EVENT_BUS_PRODUCER_CONFIG", new Input(bytes).restAsText()));
        try {
            assertThat(settings.shown()).isNotNull();
            EventBus.open(settings, events, new MemoryBroker()).close();
        } catch (SettingsException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    /** The settings with a single text each; an input selects one by its index. */
    private static final List<String> NAMES = List.of(
            "EVENT_BUS_REDIS_CONNECTION_URL",
            "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
            "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
            "EVENT_BUS_KAFKA_CLIENT_CONFIG",
            "EVENT_BUS_REDIS_STREAM_MAX_LEN",
            "EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT",
            "EVENT_BUS_REDIS_CONSUMER_CONSECUTIVE_ERRORS_LIMIT",
            "EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED",
            "EVENT_BUS_PRODUCER",
            "EVENT_BUS_CONSUMER",
            "EVENT_BUS_PRODUCER_MODE",
            "EVENT_BUS_TOPIC_PREFIX");

    static Stream<byte[]> texts() {
        return Stream.of(
                text(
                        0,
                        "rediss://ada:p%40ss@[::1]:6379/3?ssl_cert_reqs=required&socket_timeout=2.5&client_name=lms&db=1"),
                text(0, "redis://localhost"),
                text(1, "localhost,kafka.example.org:9092"),
                text(2, "http://localhost:8081,https://registry.example.org/path"),
                text(3, "{\"ssl.truststore.location\": \"store\", \"schema.registry.ssl.protocol\": \"TLSv1.3\"}"),
                text(4, "10000"),
                text(5, "1.5e-3"),
                text(6, "0"),
                text(7, "True"),
                text(8, "edx_event_bus_redis.create_producer"),
                text(9, "kafka"),
                text(10, "outbox"),
                text(11, "prod"));
    }

    private static byte[] text(int place, String text) {
        return new Input.Writer().add(place).rest(text).bytes();
    }

    /** An input is the index of a setting, and its text. */
    @MethodSource("texts")
    @FuzzTest
    void oneSetting(byte[] bytes) {
        Input input = new Input(bytes);
        String name = NAMES.get(Byte.toUnsignedInt(input.next()) % NAMES.size());
        open(withBrokers().with(name, input.restAsText()));
    }

    private static Settings withBrokers() {
        return Settings.of(Map.of(
                "EVENT_BUS_PRODUCER", "redis",
                "EVENT_BUS_CONSUMER", "kafka",
                "EVENT_BUS_REDIS_CONNECTION_URL", "redis://localhost",
                "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "localhost",
                "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL", "http://localhost:8081"));
    }

    private String open(Settings settings) {
        String shown = settings + " " + settings.shown();
        try {
            EventBus.open(settings, events).close();
            return shown;
        } catch (SettingsException e) {
            assertThat(e.problems()).isNotEmpty();
            return shown + e.getMessage();
        }
    }

    static Stream<byte[]> addresses() {
        return Stream.of(
                address("redis://", "localhost:6379/0"),
                address("rediss://", "[::1]?ssl_cert_reqs=none"),
                address("redis://", "host:port/x?y=z"),
                address("http://", "#"));
    }

    private static byte[] address(String before, String behind) {
        return new Input.Writer().block(before).rest(behind).bytes();
    }

    /** An input is the text before and after a user and a password in a Redis address. */
    @MethodSource("addresses")
    @FuzzTest
    void thePasswordInAnAddress(byte[] bytes) {
        Input input = new Input(bytes);
        String before = new Input(input.block()).restAsText();
        String url = before + "ada:" + SECRET + "@" + input.restAsText();

        assertThat(open(withBrokers().with("EVENT_BUS_REDIS_CONNECTION_URL", url)))
                .doesNotContain(SECRET);
    }
}
