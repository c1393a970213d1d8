package dev.carillon.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.config.BrokerSettings;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BusSettingsTest {

    private static final TransportProvider PIGEON = new NamedProvider("pigeon", "edx_event_bus_pigeon.Loft");
    private static final TransportProvider DRUM = new NamedProvider("drum", "edx_event_bus_drum.Skin");
    private static final TransportProvider STREAM = new NamedProvider("stream", "edx_event_bus_stream.Bed", false);

    @Test
    void theTransportsAreChosenByTheirShortNames() {
        BusSettings settings = read(Map.of("EVENT_BUS_PRODUCER", "drum", "EVENT_BUS_CONSUMER", "pigeon"));

        assertThat(name(settings.producer())).isEqualTo("drum");
        assertThat(name(settings.consumer())).isEqualTo("pigeon");
    }

    @Test
    void theTransportsAreChosenByTheirPythonNames() {
        BusSettings settings = read(Map.of(
                "EVENT_BUS_PRODUCER", "edx_event_bus_drum.Skin", "EVENT_BUS_CONSUMER", "edx_event_bus_pigeon.Loft"));

        assertThat(name(settings.producer())).isEqualTo("drum");
        assertThat(name(settings.consumer())).isEqualTo("pigeon");
    }

    @Test
    void withoutAChoiceTheBrokerWhoseAddressIsSetIsTaken() {
        BusSettings settings = read(Map.of("EVENT_BUS_DRUM_ADDRESS", "forest"));

        assertThat(name(settings.producer())).isEqualTo("drum");
        assertThat(settings.consumer()).isSameAs(settings.producer());
    }

    @Test
    void ofSeveralBrokersWithAnAddressTheFirstIsUsedAndTheChoiceIsReported() {
        Map<String, Object> both = Map.of("EVENT_BUS_DRUM_ADDRESS", "forest", "EVENT_BUS_PIGEON_ADDRESS", "roof");
        BusSettings settings = read(both);

        assertThat(settings.warnings())
                .containsExactly("The addresses of several brokers are set: pigeon, drum. pigeon is used: set"
                        + " EVENT_BUS_PRODUCER and EVENT_BUS_CONSUMER to the one that you mean, or remove the other"
                        + " address.");
        Map<String, Object> chosen = new HashMap<>(both);
        chosen.putAll(Map.of("EVENT_BUS_PRODUCER", "pigeon", "EVENT_BUS_CONSUMER", "pigeon"));
        assertThat(read(chosen).warnings()).isEmpty();
    }

    @Test
    void settingsOfABrokerWhoseModuleIsMissingAreReported() {
        assertThat(read(Map.of("EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"))
                        .warnings())
                .containsExactly(
                        "Setting EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS has no effect, because carillon-bus-kafka is"
                                + " not on the class path: add this module as a dependency, or remove the setting.");
    }

    @Test
    void withoutAnyBrokerABusCanBeOpenedButNotUsed() {
        try (EventBus bus = EventBus.open(Settings.of(Map.of()), Examples.events())) {
            assertThat(bus.publishedEventTypes()).isEmpty();
            assertThatThrownBy(bus::producer)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("EVENT_BUS_PRODUCER is not set");
            assertThatThrownBy(() -> bus.consumer("loans", "readers"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("EVENT_BUS_CONSUMER is not set");
        }
    }

    @Test
    void eachBrokerHasItsSettingsUnderItsOwnPrefix() {
        BusSettings settings = read(Map.of(
                "EVENT_BUS_PRODUCER", "drum",
                "EVENT_BUS_CONSUMER", "pigeon",
                "EVENT_BUS_PIGEON_CONSUMERS_ENABLED", "False",
                "EVENT_BUS_PIGEON_CONSUMER_POLL_TIMEOUT", "2.5",
                "EVENT_BUS_PIGEON_CONSUMER_POLL_FAILURE_SLEEP", 3,
                "EVENT_BUS_PIGEON_CONSUMER_CONSECUTIVE_ERRORS_LIMIT", "4",
                "EVENT_BUS_PIGEON_AUDIT_LOGGING_ENABLED", false));

        BrokerSettings pigeon = wire(settings.consumer()).settings();
        assertThat(pigeon.consumersEnabled()).isFalse();
        assertThat(pigeon.pollTimeout()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(pigeon.pollFailureSleep()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pigeon.consecutiveErrorsLimit()).contains(4);
        assertThat(pigeon.auditLogging()).isFalse();
        BrokerSettings drum = wire(settings.producer()).settings();
        assertThat(drum.consumersEnabled()).isTrue();
        assertThat(drum.pollTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(drum.pollFailureSleep()).isEqualTo(Duration.ofSeconds(1));
        assertThat(drum.consecutiveErrorsLimit()).isEmpty();
        assertThat(drum.auditLogging()).isTrue();
    }

    @Test
    void aLimitOfZeroErrorsIsNoLimitAsInPython() {
        BusSettings settings =
                read(Map.of("EVENT_BUS_CONSUMER", "pigeon", "EVENT_BUS_PIGEON_CONSUMER_CONSECUTIVE_ERRORS_LIMIT", 0));

        assertThat(wire(settings.consumer()).settings().consecutiveErrorsLimit())
                .isEmpty();
    }

    @Test
    void topicsHaveThePrefix() {
        TopicNames names = read(Map.of("EVENT_BUS_TOPIC_PREFIX", "dev")).topicNames();

        assertThat(names.full("loans")).isEqualTo("dev-loans");
        assertThat(names.base("dev-loans")).isEqualTo("loans");
        assertThat(names.base("development-loans")).isEqualTo("development-loans");
        assertThat(read(Map.of()).topicNames().full("loans")).isEqualTo("loans");
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        Map<String, Object> settings = Map.of(
                "EVENT_BUS_PRODUCER",
                "drums",
                "EVENT_BUS_CONSUMER",
                "pigeon",
                "EVENT_BUS_PIGEON_CONSUMERS_ENABLED",
                "perhaps",
                "EVENT_BUS_PIGEON_CONSUMER_POLL_TIMEOUT",
                -1,
                "EVENT_BUS_TOPIC_PREFIX",
                Map.of("a", "b"),
                ProducerConfig.SETTING,
                Map.of(
                        "org.example.library.book.lend.v1",
                        Map.of("loans", Map.of("event_key_field", "loan.book", "enabled", true)),
                        Examples.LENT.eventType(),
                        Map.of("loans", Map.of("event_key_field", "loan.boko", "enabled", true)),
                        Examples.PRIVATE.eventType(),
                        Map.of("loans", Map.of("event_key_field", "loan.book", "enabled", true))));

        assertThatThrownBy(() -> read(settings))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .hasSize(7)
                                .anySatisfy(problem -> assertThat(problem)
                                        .isEqualTo(
                                                "EVENT_BUS_PRODUCER must be one of drum, pigeon, stream, or the dotted"
                                                        + " name in its Python package, but is 'drums'"))
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("EVENT_BUS_PIGEON_CONSUMERS_ENABLED", "perhaps"))
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("EVENT_BUS_PIGEON_CONSUMER_POLL_TIMEOUT", "-1"))
                                .anySatisfy(
                                        problem -> assertThat(problem).contains("EVENT_BUS_TOPIC_PREFIX must be text"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains(
                                                ProducerConfig.SETTING,
                                                "org.example.library.book.lend.v1",
                                                "Did you mean 'org.example.library.book.lent.v1'"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .contains(
                                                "topic 'loans' of '" + Examples.LENT.eventType() + "'",
                                                "loan.boko",
                                                "Did you mean 'book'"))
                                .anySatisfy(problem ->
                                        assertThat(problem).contains("must stay in process: it names the reader")));
    }

    @Test
    void aWrongKeyFieldStopsTheStartOnlyWhereAKeyIsWritten() {
        Map<String, ?> disabled = wrongKeyField("drum", false);
        Map<String, ?> enabled = wrongKeyField("drum", true);
        Map<String, ?> withoutKeys = wrongKeyField("stream", true);

        assertThat(read(disabled).warnings())
                .containsExactly("EVENT_BUS_PRODUCER_CONFIG, topic 'loans' of 'org.example.library.book.lent.v1':"
                        + " event_key_field 'loan.boko': there is no 'boko' in Loan, which has book, days, course, notes, marks."
                        + " Did you mean 'book'? (it is ignored until 'enabled' is true)");
        assertThat(read(withoutKeys).warnings())
                .singleElement()
                .asString()
                .contains("'loan.boko'")
                .endsWith(
                        "(this broker does not need the key, but consumers cannot keep the events of one key in order without it)");
        assertThatThrownBy(() -> read(enabled))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("loan.boko");
    }

    private static Map<String, ?> wrongKeyField(String producer, boolean enabled) {
        return Map.of(
                "EVENT_BUS_PRODUCER",
                producer,
                ProducerConfig.SETTING,
                Map.of(
                        Examples.LENT.eventType(),
                        Map.of("loans", Map.of("event_key_field", "loan.boko", "enabled", enabled))));
    }

    @Test
    void anEventThatMustStayInProcessMayBeConfiguredButNotEnabled() {
        ProducerConfig config = read(Map.of(
                        ProducerConfig.SETTING,
                        Map.of(
                                Examples.PRIVATE.eventType(),
                                Map.of("loans", Map.of("event_key_field", "loan.book", "enabled", false)))))
                .producerConfig();

        assertThat(config.of(Examples.PRIVATE.eventType())).hasSize(1);
    }

    private static BusSettings read(Map<String, ?> settings) {
        return BusSettings.read(
                Settings.of(settings), Examples.events(), new EventCodecs(), List.of(PIGEON, DRUM, STREAM));
    }

    private static String name(BusSettings.@Nullable ConfiguredTransport wire) {
        return wire(wire).name();
    }

    private static BusSettings.ConfiguredTransport wire(BusSettings.@Nullable ConfiguredTransport wire) {
        if (wire == null) {
            throw new AssertionError("No transport was chosen");
        }
        return wire;
    }

    /** A name in front of a broker in memory. */
    private record NamedProvider(String name, String alias, boolean carriesKeys) implements TransportProvider {

        NamedProvider(String name, String alias) {
            this(name, alias, true);
        }

        @Override
        public List<String> aliases() {
            return List.of(alias);
        }

        @Override
        public String settingsPrefix() {
            return "EVENT_BUS_" + name.toUpperCase(Locale.ROOT) + "_";
        }

        @Override
        public boolean isConfigured(Settings settings) {
            return settings.value(settingsPrefix() + "ADDRESS").isPresent();
        }

        @Override
        public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
            return new MemoryBroker().prepare(settings, service);
        }
    }
}
