package dev.carillon.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Events;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RedisTransportProviderTest {

    private final RedisTransportProvider provider = new RedisTransportProvider();

    @Test
    void theProviderIsFoundByItsNameAndThoseOfThePythonPackage() {
        assertThat(ServiceLoader.load(TransportProvider.class)).singleElement().satisfies(found -> {
            assertThat(found.name()).isEqualTo("redis");
            assertThat(found.aliases())
                    .containsExactlyInAnyOrder(
                            "edx_event_bus_redis.create_producer", "edx_event_bus_redis.RedisEventConsumer");
            assertThat(found.settingsPrefix()).isEqualTo("EVENT_BUS_REDIS_");
        });
    }

    @Test
    void theProviderIsConfiguredByItsUrl() {
        assertThat(provider.isConfigured(Settings.of(Map.of()))).isFalse();
        assertThat(provider.isConfigured(Settings.of(Map.of(RedisTransportProvider.URL, "redis://host"))))
                .isTrue();
    }

    @Test
    void aMissingUrlIsReported() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "EVENT_BUS_REDIS_CONNECTION_URL is not set, but must be a URL such as redis://");
    }

    @Test
    void aBlankUrlIsNamedWithACorrectValue() {
        String problem =
                "EVENT_BUS_REDIS_CONNECTION_URL is blank, but must be a URL such as redis://user:password@host:6379/0";
        Settings blank = Settings.of(Map.of(RedisTransportProvider.URL, " "));

        assertThatThrownBy(() -> EventBus.open(blank.with("EVENT_BUS_CONSUMER", "redis"), Events.create("badges")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem);
        try (EventBus bus = EventBus.open(blank, Events.create("badges"))) {
            assertThatThrownBy(() -> bus.consumer("topic", "group"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("EVENT_BUS_CONSUMER is not set")
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void aMistypedUrlSettingIsNamedIfNoBrokerIsConfigured() {
        Settings settings = Settings.of(Map.of("EVENT_BUS_REDIS_CONECTION_URL", "redis://lms:s3cret@host"));
        Events events = Events.create("badges");

        try (EventBus bus = EventBus.open(settings, events)) {
            assertThatThrownBy(() -> bus.consumer("topic", "group"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("EVENT_BUS_CONSUMER is not set")
                    .hasMessageContaining("Setting EVENT_BUS_REDIS_CONECTION_URL is unknown and has no effect."
                            + " Did you mean 'EVENT_BUS_REDIS_CONNECTION_URL'?")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void allProblemsAreReportedTogetherWithoutThePassword() {
        assertThatThrownBy(() -> read(Map.of(
                        RedisTransportProvider.URL, "redis://lms:s3cret@host/first?client_nam=red",
                        RedisTransportProvider.MAX_LEN, "many")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "EVENT_BUS_REDIS_CONNECTION_URL has an unknown option 'client_nam'. Did you mean 'client_name'?")
                .hasMessageContaining("EVENT_BUS_REDIS_CONNECTION_URL must give the database as a number")
                .hasMessageContaining(
                        "EVENT_BUS_REDIS_STREAM_MAX_LEN must be a whole number of 0 or more, but is 'many'")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void aTransportOpensWithoutConnecting() {
        SettingsReader settings =
                new SettingsReader(Settings.of(Map.of(RedisTransportProvider.URL, "redis://127.0.0.1:1")));
        var prepared = provider.prepare(settings, Optional.empty());
        settings.finish();

        try (var transport = prepared.get();
                var sink = transport.sink()) {
            assertThat(sink).isNotNull();
            assertThat(transport.carriesKeys()).isFalse();
            assertThat(transport.headerNames().eventType()).isEqualTo("type");
        }
    }

    private void read(Map<String, String> values) {
        SettingsReader settings = new SettingsReader(Settings.of(values));
        var unused = provider.prepare(settings, Optional.empty());
        assertThat(unused).isNotNull();
        settings.finish();
    }
}
