package dev.carillon.bus;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.config.ProducerConfig.PublishMode;
import dev.carillon.bus.config.ProducerConfig.TopicConfig;
import dev.carillon.bus.config.SettingsException;
import dev.carillon.bus.internal.consumer.Delivery;
import dev.carillon.events.Event;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Receiver;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events that a service sends to the topics that {@code EVENT_BUS_PRODUCER_CONFIG} enables for them, until it is
 * closed; events in flight are still sent. Thread-safe.
 */
final class ConfiguredPublishing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final Map<String, Map<String, TopicConfig>> enabled;
    private final Supplier<EventProducer> producer;
    private final @Nullable Outbox outbox;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /**
     * @param producer opens the producer, or returns the one that is open
     * @param outbox takes the events of topics with the mode {@code outbox}; null when the service has none
     * @throws SettingsException when a topic requires an outbox and there is none
     */
    ConfiguredPublishing(ProducerConfig config, Supplier<EventProducer> producer, @Nullable Outbox outbox) {
        this.enabled = enabled(config);
        this.producer = producer;
        this.outbox = outbox;
        if (outbox == null) {
            requireNoOutbox();
        }
    }

    private static Map<String, Map<String, TopicConfig>> enabled(ProducerConfig config) {
        Map<String, Map<String, TopicConfig>> enabled = new LinkedHashMap<>();
        config.topics().forEach((eventType, topics) -> {
            Map<String, TopicConfig> ofType = new LinkedHashMap<>(topics);
            ofType.values().removeIf(topic -> !topic.enabled());
            if (!ofType.isEmpty()) {
                enabled.put(eventType, ofType);
            }
        });
        return enabled;
    }

    private void requireNoOutbox() {
        enabled.forEach((eventType, topics) -> topics.forEach((topic, config) -> {
            if (config.mode() == PublishMode.OUTBOX) {
                throw new SettingsException("The topic '" + topic + "' of '" + eventType
                        + "' has the mode outbox (by " + ProducerConfig.SETTING + " or " + ProducerConfig.MODE_SETTING
                        + "), but this service has no outbox: give it one with EventBus.builder(settings,"
                        + " events).outbox(…), or set the mode to direct");
            }
        }));
    }

    /**
     * Begins to publish. Opens the producer now: when the first event is sent while the bus is closing, it would be too late.
     *
     * @throws IllegalStateException when another bus with the same events publishes one of the event types; nothing is published
     */
    void begin(Events events) {
        if (enabled.isEmpty()) {
            return;
        }
        EventProducer publisher = producer.get();
        try {
            enabled.forEach((eventType, topics) ->
                    connect(publisher, events, events.signals().get(eventType), topics));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        enabled.forEach((eventType, topics) -> LOG.info("Publishing {} to {}", eventType, topics.keySet()));
    }

    /** Says what is configured, but not published: the settings name no broker. */
    void warn() {
        if (!enabled.isEmpty()) {
            LOG.warn(
                    "{} enables events, but nothing is published, because the settings name no broker: set its address"
                            + " (EVENT_BUS_REDIS_CONNECTION_URL or EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS) or {}. Events: {}",
                    ProducerConfig.SETTING,
                    BusSettings.PRODUCER,
                    enabled.keySet());
        }
    }

    private <T> void connect(
            EventProducer publisher, Events events, Signal<T> signal, Map<String, TopicConfig> topics) {
        Receiver<T> receiver = event -> publish(publisher, event, topics);
        Subscription subscription = events.connect(signal, Delivery.PUBLISHER_ID, receiver);
        if (!subscription.isOf(receiver)) {
            throw new IllegalStateException(signal.eventType()
                    + " is already published by another bus of the same Events: close that bus first,"
                    + " open this one with EventBus.builder(settings, events).withoutPublishing(), or remove the"
                    + " event type from " + ProducerConfig.SETTING + " for one of them");
        }
        subscriptions.add(subscription);
    }

    private <T> void publish(EventProducer publisher, Event<T> event, Map<String, TopicConfig> topics) {
        if (!event.fromBus()) {
            topics.forEach((topic, config) -> {
                if (config.mode() == PublishMode.OUTBOX) {
                    add(publisher, event.signal(), topic, config.keyField(), event.data(), event.metadata());
                } else {
                    publisher.publish(event.signal(), topic, config.keyField(), event.data(), event.metadata());
                }
            });
        }
    }

    /** Publishes one event to its topics, as {@link EventBus#send(Signal, Object)} documents. */
    <T> CompletableFuture<Void> send(Signal<T> signal, T data, EventMetadata metadata) {
        Map<String, TopicConfig> topics = enabled.getOrDefault(signal.eventType(), Map.of());
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(ProducerConfig.SETTING + " enables no topic for " + signal.eventType()
                    + ": add {\"" + signal.eventType()
                    + "\": {\"<topic>\": {\"event_key_field\": \"<path>\", \"enabled\": true}}}, or name the topic and"
                    + " key field when you send");
        }
        EventProducer publisher = producer.get();
        List<CompletableFuture<String>> sent = new ArrayList<>();
        topics.forEach((topic, config) -> {
            if (config.mode() == PublishMode.OUTBOX) {
                add(publisher, signal, topic, config.keyField(), data, metadata);
            } else {
                sent.add(publisher.send(signal, topic, config.keyField(), data, metadata));
            }
        });
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    private <T> void add(
            EventProducer publisher, Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        if (outbox != null) { // otherwise, the constructor has refused the settings
            outbox.add(publisher.encode(signal, topic, keyField, data, metadata));
        }
    }

    /** The event types that are published, in the order of the settings. */
    List<String> eventTypes() {
        return subscriptions.stream().map(each -> each.signal().eventType()).toList();
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::disconnect);
    }
}
