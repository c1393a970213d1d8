package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.BusShutdown.Closing;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.ProducerConfig.PublishMode;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.consumer.ConsumerParts;
import dev.carillon.bus.internal.consumer.Delivery;
import dev.carillon.bus.internal.consumer.EventKeys;
import dev.carillon.bus.internal.consumer.ReplayKeys;
import dev.carillon.bus.internal.deadletter.DeadLetterStore;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.internal.deadletter.TopicReplay;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.internal.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of a service: publishes its events to topics, and delivers events from topics to its receivers.
 *
 * <pre>{@code
 * Events events = Events.create("credentials");
 * events.connect(LearningSignals.CERTIFICATE_CREATED, event -> award(event.data()));
 * try (EventBus bus = EventBus.open(Settings.load(), events)) {
 *     bus.publishConfigured();
 *     bus.consumer("learning-certificate-lifecycle", "credentials").run();
 * }
 * }</pre>
 *
 * <p>Opening the bus does not connect to the broker. While the broker is unavailable, producer and consumer wait for it.
 * Thread-safe.
 */
public final class EventBus implements AutoCloseable {

    /** How long a send may wait for capacity, and closing for events in flight. */
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

    private static final Outbox NO_OUTBOX = event -> {
        throw new IllegalStateException("there is no outbox for " + event);
    };

    private final Events events;
    private final BusSettings settings;
    private final EventCodecs codecs = new EventCodecs();
    private final Map<BusSettings.ConfiguredTransport, Transport> transports = new HashMap<>();
    private final List<EventConsumer> consumers = new ArrayList<>();
    private final BusShutdown shutdown = new BusShutdown(this::closeAll, this::drainTimeout);
    private @Nullable Publication publication;
    private @Nullable EventProducer producer;
    private @Nullable MessageStore store;

    private EventBus(Events events, BusSettings settings) {
        this.events = events;
        this.settings = settings;
    }

    /**
     * Opens a bus with the transports that the settings name.
     *
     * @throws SettingsException with all problems of the settings; nothing was started
     */
    public static EventBus open(Settings settings, Events events) {
        return new EventBus(events, BusSettings.read(settings, events, TransportProvider.discovered()));
    }

    /**
     * Opens a bus with the given transport, such as {@code dev.carillon.bus.memory.MemoryBroker} in tests. The settings
     * apply to everything except the choice of the transport.
     *
     * @throws SettingsException with all problems of the settings; nothing was started
     */
    public static EventBus open(Settings settings, Events events, TransportProvider transport) {
        return new EventBus(
                events,
                BusSettings.read(
                        settings.with(BusSettings.PRODUCER, transport.name())
                                .with(BusSettings.CONSUMER, transport.name()),
                        events,
                        List.of(transport)));
    }

    /**
     * Returns the producer of this bus, which all threads share. The first call opens it.
     *
     * @throws SettingsException when the settings name no transport
     */
    public synchronized EventProducer producer() {
        EventProducer open = producer;
        if (open == null) {
            BusSettings.ConfiguredTransport configured = settings.requiredProducer();
            open = new EventProducer(
                    transport(configured), codecs, settings.topicNames(), audit(configured), SEND_TIMEOUT);
            producer = open;
        }
        return open;
    }

    /**
     * Publishes, from now on, every event that is sent in this service to the topics that {@code EVENT_BUS_PRODUCER_CONFIG}
     * enables for it, except events that came from the bus. Publishing does not wait for the broker unless
     * {@value EventProducer#MAX_IN_FLIGHT} events are in flight: then it waits as long as the broker keeps responding, and two
     * seconds if it does not. An event that the broker does not accept is logged. Publishing ends when the returned
     * publication, or this bus, is closed.
     *
     * <p>A bus publishes once: a second call returns the same publication. Of several buses with the same {@link Events}, only
     * one publishes an event type at a time.
     *
     * @throws SettingsException when events are enabled but the settings name no transport, or when they require an outbox
     * @throws IllegalStateException when another bus with the same events publishes one of the event types, or when this bus
     *     publishes with another outbox
     */
    public Publication publishConfigured() {
        settings.producerConfig()
                .topics()
                .forEach((eventType, topics) -> topics.forEach((topic, config) -> {
                    if (config.enabled() && config.mode() == PublishMode.OUTBOX) {
                        throw new SettingsException(
                                "The topic '" + topic + "' of '" + eventType
                                        + "' has the mode outbox (by " + ProducerConfig.SETTING + " or "
                                        + ProducerConfig.MODE_SETTING
                                        + "), but this service has no outbox: pass one to publishConfigured, or set the mode to direct");
                    }
                }));
        return publishConfigured(NO_OUTBOX);
    }

    /**
     * As {@link #publishConfigured()}, but events for topics with the mode {@code outbox} go to this outbox instead of the
     * broker. An event that the outbox does not accept is a failure of the event's receiver: send fail-fast when the
     * transaction must not commit without the event.
     *
     * @throws SettingsException when events are enabled but the settings name no transport
     * @throws IllegalStateException when another bus with the same events publishes one of the event types, or when this bus
     *     publishes with another outbox
     */
    public synchronized Publication publishConfigured(Outbox outbox) {
        Publication current = publication;
        if (current != null && !current.isClosed()) {
            return current.with(outbox);
        }
        Publication begun = new Publication(outbox);
        try {
            settings.producerConfig().topics().forEach((eventType, topics) -> {
                Map<String, ProducerConfig.TopicConfig> enabled = new LinkedHashMap<>();
                topics.forEach((topic, config) -> {
                    if (config.enabled()) {
                        enabled.put(topic, config);
                    }
                });
                if (!enabled.isEmpty()) {
                    begun.add(publish(events.signals().get(eventType), enabled, outbox));
                }
            });
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
        publication = begun;
        return begun;
    }

    private <T> Subscription publish(Signal<T> signal, Map<String, ProducerConfig.TopicConfig> topics, Outbox outbox) {
        EventProducer publisher = producer();
        Receiver<T> receiver = event -> publish(publisher, event, topics, outbox);
        Subscription subscription = events.connect(signal, Delivery.PUBLISHER_ID, receiver);
        if (!subscription.isOf(receiver)) {
            throw new IllegalStateException(
                    signal.eventType() + " is already published by another bus of the same Events:"
                            + " close that bus or its publication first, or remove the event type from "
                            + ProducerConfig.SETTING + " for one of them");
        }
        return subscription;
    }

    private static <T> void publish(
            EventProducer publisher, Event<T> event, Map<String, ProducerConfig.TopicConfig> topics, Outbox outbox) {
        if (event.fromBus()) {
            return;
        }
        topics.forEach((topic, config) -> {
            if (config.mode() == PublishMode.OUTBOX) {
                outbox.add(publisher.encode(event.signal(), topic, config.keyField(), event.data(), event.metadata()));
            } else {
                publisher.publish(event.signal(), topic, config.keyField(), event.data(), event.metadata());
            }
        });
    }

    /** Names appear in every log line, and are UTF-8 on the broker: a group with a lone surrogate would receive nothing there. */
    private static void requireUsable(String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "The name of a topic or group must be text that UTF-8 can hold, but has a lone surrogate: "
                            + Shown.quoted(name));
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "The name of a topic or group must not contain a line break or other control character, but is "
                            + Shown.quoted(name));
        }
    }

    /** Creates a consumer of one topic (without prefix) with {@link ConsumerOptions#defaults()}. */
    public EventConsumer consumer(String topic, String group) {
        return consumer(List.of(topic), group, ConsumerOptions.defaults());
    }

    /**
     * Creates a consumer of several topics (without prefix). It does nothing before {@link EventConsumer#run()}.
     *
     * @throws SettingsException when the settings name no transport
     * @throws IllegalArgumentException when there is no topic, when a topic or the group is blank or contains a control
     *     character or a lone surrogate, or when a topic is listed twice
     */
    public synchronized EventConsumer consumer(List<String> topics, String group, ConsumerOptions options) {
        if (topics.isEmpty() || topics.stream().anyMatch(String::isBlank) || group.isBlank()) {
            throw new IllegalArgumentException(
                    "A consumer needs topics and a group, but has topics " + topics + " and group '" + group + "'");
        }
        Stream.concat(topics.stream(), Stream.of(group)).forEach(EventBus::requireUsable);
        if (Set.copyOf(topics).size() < topics.size()) {
            throw new IllegalArgumentException("A topic must be listed only once, but the topics are " + topics);
        }
        BusSettings.ConfiguredTransport configured = settings.requiredConsumer();
        Transport transport = transport(configured);
        ConsumerParts parts = new ConsumerParts(
                events,
                codecs,
                transport.headerNames(),
                configured.settings(),
                settings.producerConfig(),
                settings.topicNames(),
                audit(configured));
        List<String> fullTopics =
                topics.stream().map(settings.topicNames()::full).toList();
        EventConsumer consumer =
                new EventConsumer(transport, fullTopics, group, options, parts, shutdown::closeWithProcess);
        consumers.removeIf(EventConsumer::hasEnded);
        consumers.add(consumer);
        return consumer;
    }

    /**
     * Returns the dead letters of a group for a topic (without prefix).
     *
     * @throws SettingsException when the settings name no transport
     * @throws UnsupportedByTransportException when the transport has no message store
     */
    public DeadLetters deadLetters(String topic, String group) {
        return new DeadLetterStore(
                store(),
                transport(settings.requiredConsumer()),
                settings.topicNames().full(topic),
                group);
    }

    /**
     * Prepares to replay messages of a topic (without prefix) to one group. Narrow the returned replay down before you run it.
     *
     * @throws SettingsException when the settings name no transport
     * @throws UnsupportedByTransportException when the transport has no message store
     */
    public Replay replay(String topic, String group) {
        return replay(topic, group, Map.of());
    }

    /**
     * As {@link #replay(String, String)}, with the key fields of event types that differ from
     * {@code EVENT_BUS_PRODUCER_CONFIG}.
     */
    public Replay replay(String topic, String group, Map<String, String> keyFields) {
        Transport transport = transport(settings.requiredConsumer());
        EventKeys keys = new EventKeys(settings.producerConfig(), keyFields, settings.topicNames(), OwnTopics.NONE);
        return new TopicReplay(
                store(),
                transport,
                new ReplayKeys(events, codecs, transport.headerNames(), keys),
                settings.topicNames().full(topic),
                group);
    }

    private synchronized MessageStore store() {
        MessageStore open = store;
        if (open == null) {
            Transport transport = transport(settings.requiredConsumer());
            open = transport.store().orElseThrow(() -> UnsupportedByTransportException.store(transport));
            store = open;
        }
        return open;
    }

    /**
     * Opens the administration of the broker: state of groups, moving them, checks. The caller closes it, before this bus.
     *
     * @throws SettingsException when the settings name no transport
     * @throws UnsupportedByTransportException when the transport has no administration
     */
    public synchronized BusAdmin admin() {
        Transport transport = transport(settings.requiredForAdministration());
        return new BusAdmin(
                transport.admin().orElseThrow(() -> UnsupportedByTransportException.admin(transport)),
                settings,
                events,
                codecs);
    }

    private static AuditLog audit(BusSettings.ConfiguredTransport configured) {
        return new AuditLog(configured.settings().auditLogging(), configured.name());
    }

    private synchronized Transport transport(BusSettings.ConfiguredTransport configured) {
        if (shutdown.hasBegun()) {
            throw new IllegalStateException("The event bus is closed");
        }
        return transports.computeIfAbsent(configured, each -> each.transport().get());
    }

    /**
     * Stops consuming, then publishing and everything that publishes with this bus, waits for both to end, and closes the
     * connections to the brokers. An exception is thrown only after everything is closed. If another thread is closing the bus,
     * waits until it has finished. When a receiver calls this in its thread, it returns at once and the bus is closed in the
     * background, which waits for the receiver.
     */
    @Override
    public void close() {
        shutdown.close();
    }

    private void closeAll() {
        List<EventConsumer> toStop;
        synchronized (this) {
            toStop = List.copyOf(consumers);
        }
        Closing closing = new Closing();
        toStop.forEach(EventConsumer::stop);
        toStop.forEach(closing::close);
        takeOpen().forEach(closing::close);
        closing.throwFirst();
    }

    /** Removes and returns everything that is open except consumers, in the order in which it must be closed. */
    private synchronized List<AutoCloseable> takeOpen() {
        List<AutoCloseable> open = new ArrayList<>();
        Stream.of(publication, producer, store).filter(Objects::nonNull).forEach(open::add);
        open.addAll(transports.values());
        publication = null;
        producer = null;
        store = null;
        transports.clear();
        return open;
    }

    private synchronized Duration drainTimeout() {
        return consumers.stream()
                .map(EventConsumer::drainTimeout)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
