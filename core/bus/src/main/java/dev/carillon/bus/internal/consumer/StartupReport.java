package dev.carillon.bus.internal.consumer;

import dev.carillon.bus.config.ProducerConfig;
import dev.carillon.bus.internal.Loggers;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.events.internal.Shown;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;

/** What a consumer logs at its start: what it reads and for whom, and what is probably missing. */
public final class StartupReport {

    private static final Logger LOG = Loggers.CONSUMER;
    private static final int MAX_TEXT = 2_000;

    private final Events events;
    private final Transport transport;
    private final String broker;
    private final List<String> topics;
    private final String group;
    private final EventKeys keys;
    private final int concurrency;

    public StartupReport(
            Events events,
            Transport transport,
            String broker,
            List<String> fullTopics,
            String group,
            EventKeys keys,
            int concurrency) {
        this.events = events;
        this.transport = transport;
        this.broker = broker;
        this.topics = fullTopics;
        this.group = group;
        this.keys = keys;
        this.concurrency = concurrency;
    }

    /** Logs one line about what is consumed, and one warning for each thing that is probably missing. */
    public void log() {
        TreeMap<String, Signal<?>> wanted = new TreeMap<>();
        Set<String> receivers = new TreeSet<>();
        for (Signal<?> signal : events.usedSignals()) {
            for (Subscription receiver : events.receivers(signal)) {
                if (!receiver.receiverName().equals(Delivery.PUBLISHER_ID)) {
                    wanted.put(signal.eventType(), signal);
                    receivers.add(receiver.receiverName() + " of " + signal.eventType());
                }
            }
        }
        LOG.info(
                "Consuming topics {} from {}{} as group {}; receivers: {}",
                topics,
                broker,
                transport.address().map(address -> " at " + address).orElse(""),
                group,
                Shown.text(receivers.toString(), MAX_TEXT));
        if (wanted.isEmpty()) {
            LOG.warn(
                    "No receiver is connected: all events of topics {} are skipped and acknowledged. Connect receivers"
                            + " before the consumer runs: events.connect(signal, \"id\", receiver)",
                    topics);
        } else {
            topics.forEach(topic -> warnIfNobodyWants(topic, wanted.keySet()));
        }
        if (!transport.carriesKeys() && concurrency > 1) {
            wanted.values().forEach(this::warnIfWithoutKey);
        }
    }

    private void warnIfNobodyWants(String topic, Set<String> wanted) {
        List<String> published = keys.typesPublishedTo(topic);
        if (!published.isEmpty() && published.stream().noneMatch(wanted::contains)) {
            LOG.warn(
                    "Topic {} has, by {}, the events {}, for which this service has no receiver: they are skipped and"
                            + " acknowledged. Connect receivers, or do not consume the topic",
                    topic,
                    ProducerConfig.SETTING,
                    published);
        }
    }

    private void warnIfWithoutKey(Signal<?> signal) {
        if (topics.stream().noneMatch(topic -> keys.hasField(signal, topic))) {
            LOG.warn(
                    "Events of type {} have no key on {}, because no key field is known: one worker delivers them one after"
                            + " the other. Add the type with its event_key_field to {}, or call"
                            + " ConsumerOptions.withKeyField(signal, \"path.of.the.key\")",
                    signal.eventType(),
                    broker,
                    ProducerConfig.SETTING);
        }
    }
}
