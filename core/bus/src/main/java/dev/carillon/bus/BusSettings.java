package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.config.BrokerSettings;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.internal.KeyPath;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.UnknownSignalException;
import dev.carillon.events.internal.NearestNames;
import dev.carillon.events.internal.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All settings of a bus, validated together.
 *
 * @param topicNames the prefix of topics
 * @param producerConfig which events go to which topics
 * @param producer how to publish; null when no transport is set
 * @param consumer how to consume; null when no transport is set
 * @param warnings one sentence for each setting that is probably mistyped, or that is wrong but has no effect
 */
record BusSettings(
        TopicNames topicNames,
        ProducerConfig producerConfig,
        @Nullable ConfiguredTransport producer,
        @Nullable ConfiguredTransport consumer,
        List<String> warnings) {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    /** The settings that name the transports. */
    static final String PRODUCER = "EVENT_BUS_PRODUCER";

    static final String CONSUMER = "EVENT_BUS_CONSUMER";

    /** The modules of the transports that Carillon has, by the prefix of their settings. */
    private static final Map<String, String> MODULES =
            Map.of("EVENT_BUS_REDIS_", "carillon-bus-redis", "EVENT_BUS_KAFKA_", "carillon-bus-kafka");

    /**
     * A transport that is not open yet.
     *
     * @param name its short name
     * @param settings the settings of its broker
     * @param transport opens it
     */
    record ConfiguredTransport(String name, BrokerSettings settings, Supplier<Transport> transport) {}

    /** Reads the settings. Throws one {@link SettingsException} with all problems; logs settings that are probably mistyped. */
    static BusSettings read(Settings settings, Events events, EventCodecs codecs, List<TransportProvider> providers) {
        SettingsReader reader = new SettingsReader(settings);
        ProducerConfig config = ProducerConfig.read(reader);
        Optional<TransportProvider> producer = provider(PRODUCER, providers, reader);
        Optional<TransportProvider> consumer = provider(CONSUMER, providers, reader);
        List<String> warnings = new ArrayList<>();
        check(
                config,
                events,
                codecs,
                producer.map(TransportProvider::carriesKeys).orElse(true),
                reader,
                warnings);
        @Nullable
        ConfiguredTransport configuredProducer = producer.map(each -> configured(each, reader, events.serviceName()))
                .orElse(null);
        @Nullable
        ConfiguredTransport configuredConsumer = consumer.equals(producer)
                ? configuredProducer
                : consumer.map(each -> configured(each, reader, events.serviceName()))
                        .orElse(null);
        TopicNames topicNames = new TopicNames(reader.text("EVENT_BUS_TOPIC_PREFIX"));
        reader.finish();
        SettingsReader others = others(settings, providers);
        if (producer.isEmpty() && consumer.isEmpty()) {
            warnings.addAll(others.blankTexts()); // one of them was probably to name the broker
        }
        Set<String> known = new TreeSet<>(reader.namesRead());
        known.addAll(others.namesRead());
        warnings.addAll(new UnknownSettings(known).among(settings.names()));
        if (!isSet(settings, PRODUCER)
                || !isSet(settings, CONSUMER)) { // otherwise, settings of other brokers are no mistake
            warnings.addAll(missingModules(settings, providers));
            severalBrokers(settings, providers).ifPresent(warnings::add);
        }
        warnings.forEach(LOG::warn);
        return new BusSettings(topicNames, config, configuredProducer, configuredConsumer, List.copyOf(warnings));
    }

    /** One sentence for each broker that has settings, but whose module is not on the class path. */
    private static List<String> missingModules(Settings settings, List<TransportProvider> providers) {
        List<String> warnings = new ArrayList<>();
        MODULES.forEach((prefix, module) -> {
            if (providers.stream().noneMatch(each -> each.settingsPrefix().equals(prefix))) {
                settings.names().stream()
                        .filter(name -> name.startsWith(prefix))
                        .sorted()
                        .findFirst()
                        .ifPresent(
                                name -> warnings.add(
                                        "Setting " + Shown.text(name)
                                                + " has no effect, because " + module
                                                + " is not on the class path: add this module as a dependency, or remove the setting."));
            }
        });
        return warnings;
    }

    /** The brokers whose addresses are set, if there are several and no setting chooses one. */
    private static Optional<String> severalBrokers(Settings settings, List<TransportProvider> providers) {
        List<String> configured = providers.stream()
                .filter(each -> each.isConfigured(settings))
                .map(TransportProvider::name)
                .toList();
        return configured.size() < 2
                ? Optional.empty()
                : Optional.of("The addresses of several brokers are set: " + String.join(", ", configured) + ". "
                        + configured.get(0) + " is used: set " + PRODUCER + " and " + CONSUMER
                        + " to the one that you mean, or remove the other address.");
    }

    private static boolean isSet(Settings settings, String name) {
        return new SettingsReader(settings).text(name).isPresent();
    }

    /** Throws a {@link SettingsException} when the settings name no transport for publishing. */
    ConfiguredTransport requiredProducer() {
        return required(producer, PRODUCER);
    }

    /** Throws a {@link SettingsException} when the settings name no transport for consuming. */
    ConfiguredTransport requiredConsumer() {
        return required(consumer, CONSUMER);
    }

    /**
     * The broker to administer: the consumer's if there is one, else the producer's. Throws a {@link SettingsException} when
     * there is neither.
     */
    ConfiguredTransport requiredForAdministration() {
        return required(consumer == null ? producer : consumer, CONSUMER);
    }

    private ConfiguredTransport required(@Nullable ConfiguredTransport configured, String setting) {
        if (configured == null) {
            throw new SettingsException(setting
                    + " is not set, but must name the event bus, such as redis; or set the address of a broker"
                    + (warnings.isEmpty() ? "" : ". " + String.join(" ", warnings)));
        }
        return configured;
    }

    /**
     * Reads what any transport would read, as if only the blank settings were given: the mistyped or blank setting may be the
     * address of a broker.
     */
    private static SettingsReader others(Settings settings, List<TransportProvider> providers) {
        Map<String, String> blank = new HashMap<>();
        settings.names().stream().filter(name -> settings.value(name).isEmpty()).forEach(name -> blank.put(name, ""));
        SettingsReader others = new SettingsReader(Settings.of(blank));
        providers.forEach(each -> configured(each, others, Optional.empty()));
        return others;
    }

    private static ConfiguredTransport configured(
            TransportProvider provider, SettingsReader reader, Optional<String> service) {
        return new ConfiguredTransport(
                provider.name(),
                BrokerSettings.read(reader, provider.settingsPrefix()),
                provider.prepare(reader, service));
    }

    /** Returns the provider that the setting names or, when it is not set, the first one whose broker is configured. */
    private static Optional<TransportProvider> provider(
            String setting, List<TransportProvider> providers, SettingsReader reader) {
        Optional<String> name = reader.text(setting);
        if (name.isEmpty()) {
            return providers.stream()
                    .filter(each -> each.isConfigured(reader.settings()))
                    .findFirst();
        }
        Optional<TransportProvider> provider = providers.stream()
                .filter(each -> each.name().equals(name.get()) || each.aliases().contains(name.get()))
                .findFirst();
        if (provider.isEmpty()) {
            String known =
                    providers.stream().map(TransportProvider::name).sorted().collect(Collectors.joining(", "));
            reader.problem(
                    setting,
                    known.isEmpty()
                            ? "must name a transport on the class path, which has none (add carillon-bus-redis or carillon-bus-kafka)"
                            : "must be one of " + known + ", or the dotted name in its Python package");
        }
        return provider;
    }

    /**
     * An invalid key field is a problem only where a key is written. Elsewhere it is a warning, because Python does not check it.
     */
    private static void check(
            ProducerConfig config,
            Events events,
            EventCodecs codecs,
            boolean carriesKeys,
            SettingsReader reader,
            List<String> warnings) {
        config.topics().forEach((eventType, topics) -> {
            Signal<?> signal;
            try {
                signal = events.signals().get(eventType);
            } catch (UnknownSignalException e) {
                reader.report(ProducerConfig.SETTING + ": " + e.getMessage());
                return;
            }
            if (signal.inProcessReason().isEmpty()
                    && topics.values().stream().anyMatch(ProducerConfig.TopicConfig::enabled)) {
                requireCodec(signal, codecs, reader);
            }
            topics.forEach((topic, topicConfig) -> {
                String at = ProducerConfig.SETTING + ", topic " + Shown.quoted(topic) + " of " + Shown.quoted(eventType)
                        + ": ";
                signal.inProcessReason()
                        .filter(reason -> topicConfig.enabled())
                        .ifPresent(reason -> reader.report(at + "this event must stay in process: " + reason));
                if (!topicConfig.keyField().isEmpty()) {
                    try {
                        KeyPath.of(signal, topicConfig.keyField());
                    } catch (IllegalArgumentException e) {
                        String problem = at + "event_key_field " + e.getMessage();
                        if (topicConfig.enabled() && carriesKeys) {
                            reader.report(problem);
                        } else {
                            warnings.add(problem
                                    + (topicConfig.enabled()
                                            ? " (this broker does not need the key, but consumers cannot keep the events of one key in order without it)"
                                            : " (it is ignored until 'enabled' is true)"));
                        }
                    }
                }
            });
        });
    }

    private static void requireCodec(Signal<?> signal, EventCodecs codecs, SettingsReader reader) {
        try {
            codecs.of(signal);
        } catch (IllegalArgumentException e) {
            reader.report(ProducerConfig.SETTING + ": " + e.getMessage());
        }
    }

    /**
     * Finds settings of the event bus that nothing reads and whose names are so similar to known ones that they are probably
     * mistyped. Settings of a broker that is not in use are not mistakes: names of two different brokers are not compared.
     */
    static final class UnknownSettings {

        private static final String PREFIX = "EVENT_BUS_";

        private final Collection<String> known;

        UnknownSettings(Collection<String> known) {
            this.known = known;
        }

        /**
         * One sentence for each such setting, for example "Setting EVENT_BUS_TOPIC_PREFX is unknown and has no effect. Did
         * you mean 'EVENT_BUS_TOPIC_PREFIX'?"
         */
        List<String> among(Set<String> given) {
            List<String> warnings = new ArrayList<>();
            for (String name : given) {
                if (name.startsWith(PREFIX) && !known.contains(name)) {
                    nearest(name)
                            .ifPresent(nearest -> warnings.add("Setting " + Shown.text(name)
                                    + " is unknown and has no effect. Did you mean '" + nearest + "'?"));
                }
            }
            return warnings;
        }

        /**
         * Returns the nearest name among those whose first word, such as {@code REDIS}, is the same or nearly the same;
         * otherwise a longer name that ends in the same words, in case some were left out.
         */
        private Optional<String> nearest(String name) {
            String rest = rest(name);
            List<String> words =
                    rests(each -> true).stream().map(UnknownSettings::firstWord).toList();
            List<String> near = NearestNames.of(firstWord(rest), words, 1);
            String tail =
                    near.isEmpty() ? "_" + rest : rest.substring(firstWord(rest).length());
            return NearestNames.of(rest, rests(each -> near.contains(firstWord(each))), 1).stream()
                    .findFirst()
                    .or(() -> rests(each -> tail.length() > 1 && each.endsWith(tail)).stream()
                            .findFirst())
                    .map(PREFIX::concat);
        }

        private List<String> rests(Predicate<String> which) {
            return known.stream()
                    .filter(each -> each.startsWith(PREFIX))
                    .map(UnknownSettings::rest)
                    .filter(which)
                    .sorted()
                    .toList();
        }

        private static String rest(String name) {
            return name.substring(Math.min(PREFIX.length(), name.length()));
        }

        private static String firstWord(String rest) {
            int end = rest.indexOf('_');
            return end < 0 ? rest : rest.substring(0, end);
        }
    }
}
