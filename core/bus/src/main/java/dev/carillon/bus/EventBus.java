package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.BusShutdown.Closing;
import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.deadletter.Replay;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.Interceptors;
import dev.carillon.bus.internal.consumer.ConsumerMetrics;
import dev.carillon.bus.internal.consumer.EventKeys;
import dev.carillon.bus.internal.consumer.Receivers;
import dev.carillon.bus.internal.consumer.ReplayKeys;
import dev.carillon.bus.internal.deadletter.DeadLetterStore;
import dev.carillon.bus.internal.deadletter.OwnTopics;
import dev.carillon.bus.internal.deadletter.TopicReplay;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event bus of a service: publishes its events to topics, and delivers events from topics to its receivers.
 *
 * <pre>{@code
 * Events events = Events.create("credentials");
 * events.connect(LearningSignals.CERTIFICATE_CREATED, event -> award(event.data()));
 * try (EventBus bus = EventBus.open(Settings.load(), events)) {
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

    private final Events events;
    private final BusSettings settings;
    private final Interceptors interceptors;
    private final EventCodecs codecs;
    private final Map<BusSettings.ConfiguredTransport, Transport> transports = new HashMap<>();
    private final List<EventConsumer> consumers = new ArrayList<>();
    private final BusShutdown shutdown = new BusShutdown(this::closeAll, this::drainTimeout);
    private final ConfiguredPublishing publishing;
    private volatile @Nullable EventProducer producer;
    private @Nullable MessageStore store;

    /** Opens a bus. */
    EventBus(
            Events events,
            EventCodecs codecs,
            BusSettings settings,
            boolean isPublishing,
            @Nullable Outbox outbox,
            Interceptors interceptors) {
        this.events = events;
        this.codecs = codecs;
        this.settings = settings;
        this.interceptors = interceptors;
        this.publishing = new ConfiguredPublishing(
                isPublishing ? settings.producerConfig() : ProducerConfig.EMPTY, this::producer, outbox);
        if (settings.producer() == null) {
            publishing.warn();
        } else {
            try {
                publishing.begin(events);
            } catch (RuntimeException e) {
                close(); // its producer is open, and nobody gets this bus
                throw e;
            }
        }
    }

    /**
     * Opens a bus with the broker that the settings name. From now on, every event that is sent in this service is published to the
     * topics that {@code EVENT_BUS_PRODUCER_CONFIG} enables for it, except events that came from the bus, until the bus is closed.
     * Publishing does not wait for the broker unless {@value EventProducer#MAX_IN_FLIGHT} events are in flight: then it waits as
     * long as the broker keeps responding, and two seconds if it does not. An event that the broker does not accept is logged.
     *
     * <p>Of several buses with the same {@link Events}, only one publishes an event type at a time.
     *
     * @throws SettingsException with all problems of the settings, or when they require an {@linkplain EventBusBuilder#outbox
     *     outbox}; nothing was started
     * @throws IllegalStateException when another bus with the same events publishes one of the event types
     */
    public static EventBus open(Settings settings, Events events) {
        return builder(settings, events).open();
    }

    /** As {@link #open(Settings, Events)}, with a transport that is given, see {@link EventBusBuilder#transport}. */
    public static EventBus open(Settings settings, Events events, TransportProvider transport) {
        return builder(settings, events).transport(transport).open();
    }

    /** Returns the options of a bus, to open it with an outbox, or without publishing. */
    public static EventBusBuilder builder(Settings settings, Events events) {
        return new EventBusBuilder(settings, events);
    }

    /**
     * Returns the producer of this bus, which all threads share. The first call opens it.
     *
     * @throws SettingsException when the settings name no transport
     */
    public EventProducer producer() {
        EventProducer open = producer;
        return open == null ? openProducer() : open;
    }

    private synchronized EventProducer openProducer() {
        EventProducer open = producer;
        if (open == null) {
            BusSettings.ConfiguredTransport configured = settings.requiredProducer();
            open = new EventProducer(
                    transport(configured),
                    codecs,
                    settings.topicNames(),
                    audit(configured),
                    interceptors.on(configured.name()),
                    SEND_TIMEOUT);
            producer = open;
        }
        return open;
    }

    /** The event types that this bus publishes when they are sent in this service, in the order of the settings. */
    public List<String> publishedEventTypes() {
        return publishing.eventTypes();
    }

    /**
     * Publishes an event to the topics that {@code EVENT_BUS_PRODUCER_CONFIG} enables for it, with new metadata. The receivers of
     * this service are not called: {@link Events#send} calls them, and publishes as well.
     *
     * @return completes when the broker has acknowledged the event in every topic, or exceptionally with a
     *     {@link ProduceException}, which is also logged; for topics with the mode {@code outbox}, the event is stored when this
     *     returns
     * @throws IllegalArgumentException when no topic is enabled for the event, or when the outbox cannot take it because of its
     *     data
     * @throws SettingsException when the settings name no transport
     */
    public <T> CompletableFuture<Void> send(Signal<T> signal, T data) {
        return publishing.send(signal, data, events.newMetadata(signal));
    }

    /**
     * Publishes an event to a topic, with new metadata.
     *
     * @see EventProducer#send(Signal, String, String, Object, dev.carillon.events.EventMetadata)
     * @throws SettingsException when the settings name no transport
     */
    public <T> CompletableFuture<String> send(Signal<T> signal, String topic, String keyField, T data) {
        return producer().send(signal, topic, keyField, data, events.newMetadata(signal));
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
        List<String> fullTopics =
                topics.stream().map(settings.topicNames()::full).toList();
        EventConsumer consumer = new EventConsumer(transport, fullTopics, group, options, configured, this);
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
        EventKeys keys = keys(keyFields, OwnTopics.NONE);
        return new TopicReplay(
                store(),
                transport,
                new ReplayKeys(events, codecs, transport.headerNames(), keys),
                settings.topicNames().full(topic),
                group);
    }

    Events events() {
        return events;
    }

    /** The topic with its prefix. */
    String fullTopic(String topic) {
        return settings.topicNames().full(topic);
    }

    /**
     * Refuses signals that have receivers and whose data cannot go over the wire, before an event arrives.
     *
     * @throws IllegalArgumentException which names the component and the types to use
     */
    void requireCodecs() {
        for (Signal<?> signal : events.usedSignals()) {
            if (signal.inProcessReason().isEmpty() && !events.receivers(signal).isEmpty()) {
                try {
                    codecs.of(signal);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            e.getMessage() + "; or restrict it to this process: signal.inProcessOnly(reason)", e);
                }
            }
        }
    }

    EventKeys keys(Map<String, String> keyFields, OwnTopics ownTopics) {
        return new EventKeys(settings.producerConfig(), keyFields, settings.topicNames(), ownTopics);
    }

    Receivers receivers(
            BusSettings.ConfiguredTransport configured,
            Transport transport,
            EventKeys keys,
            String group,
            ConsumerMetrics metrics) {
        return new Receivers(
                events,
                codecs,
                transport.headerNames(),
                keys.ownTopics(),
                metrics,
                audit(configured),
                interceptors.on(configured.name()),
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
        return new BusAdmin(transport(settings.requiredForAdministration()), settings, events, codecs);
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

    /** Makes this bus close before the process ends. */
    void closeWithProcess() {
        shutdown.closeWithProcess();
    }

    /**
     * Waits until every event that was sent with this bus is acknowledged by the broker, or has failed, at most 30 s. Meanwhile,
     * other threads should send nothing: it waits for their events, too.
     *
     * @return whether no event is in flight
     */
    public boolean flush() {
        EventProducer open = producer;
        return open == null || open.flush();
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
        Stream.of(publishing, producer, store).filter(Objects::nonNull).forEach(open::add);
        open.addAll(transports.values());
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
