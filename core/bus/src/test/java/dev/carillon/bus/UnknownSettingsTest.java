package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.BusSettings.UnknownSettings;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.testing.CapturedLog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {

    private static final List<String> KNOWN = List.of(
            "EVENT_BUS_PRODUCER",
            "EVENT_BUS_CONSUMER",
            "EVENT_BUS_PRODUCER_CONFIG",
            "EVENT_BUS_TOPIC_PREFIX",
            "EVENT_BUS_REDIS_CONNECTION_URL",
            "EVENT_BUS_REDIS_CONSUMERS_ENABLED",
            "EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT",
            "EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED");

    @ParameterizedTest
    @CsvSource({
        "EVENT_BUS_TOPIC_PREFX, EVENT_BUS_TOPIC_PREFIX",
        "EVENT_BUS_TOPICS_PREFIX, EVENT_BUS_TOPIC_PREFIX",
        "EVENT_BUS_PRODUCERS, EVENT_BUS_PRODUCER",
        "EVENT_BUS_PRODUCER_CONFIGS, EVENT_BUS_PRODUCER_CONFIG",
        "EVENT_BUS_REDIS_CONSUMER_ENABLED, EVENT_BUS_REDIS_CONSUMERS_ENABLED",
        "EVENT_BUS_REDSI_CONNECTION_URL, EVENT_BUS_REDIS_CONNECTION_URL",
        "EVENT_BUS_REDIS_CONNECTION, EVENT_BUS_REDIS_CONNECTION_URL",
        "EVENT_BUS_CONNECTION_URL, EVENT_BUS_REDIS_CONNECTION_URL",
        "EVENT_BUS_REDIS_POLL_TIMEOUT, EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT",
    })
    void aNameLikeOneThatIsReadIsProbablyMeantToBeIt(String given, String meant) {
        assertThat(new UnknownSettings(KNOWN).among(Set.of(given)))
                .containsExactly("Setting " + given + " is unknown and has no effect. Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EVENT_BUS_REDIS_CONNECTION_URL",
                "EVENT_BUS_KAFKA_CONSUMERS_ENABLED",
                "EVENT_BUS_KAFKA_CONSUMER_POLL_TIMEOUT",
                "EVENT_BUS_KAFKA_API_KEY",
                "EVENT_BUS_TRACKING_LOGS",
                "EVENT_BUS_",
                "EVENTS_SERVICE_NAME",
                "EVEN_BUS_TOPIC_PREFIX",
                "PATH",
            })
    void knownNamesAndThoseOfOthersAreNoMistake(String given) {
        assertThat(new UnknownSettings(KNOWN).among(Set.of(given))).isEmpty();
    }

    @Test
    void aMistypedNameIsLoggedWhenTheBusIsOpened() {
        Map<String, Object> settings = Map.of(
                "EVENT_BUS_MEMORY_CONSUMER_POLL_TIMOUT",
                5,
                "EVENT_BUS_MEMORY_CONSUMER_POLL_FAILURE_SLEEP",
                5,
                "EVENT_BUS_TOPIC_PREFX",
                "opensesame",
                "EVENT_BUS_KAFKA_API_SECRET",
                "opensesame");
        try (CapturedLog log = new CapturedLog()) {
            EventBus.open(Settings.of(settings), Examples.events(), new MemoryBroker())
                    .close();

            assertThat(log.warnings())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains(
                                            "EVENT_BUS_MEMORY_CONSUMER_POLL_TIMOUT",
                                            "EVENT_BUS_MEMORY_CONSUMER_POLL_TIMEOUT"),
                            second -> assertThat(second).contains("EVENT_BUS_TOPIC_PREFX", "EVENT_BUS_TOPIC_PREFIX"));
            assertThat(log.warnings()).noneMatch(line -> line.contains("opensesame"));
        }
    }
}
