package dev.carillon.interop;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.events.Event;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An Open edX deployment: Python and Java services with the same settings on one broker. */
final class Deployment implements AutoCloseable {

    /** A topic for services that publish nothing. */
    private static final String UNUSED = "unused";

    private static final String PREFIX = "interop";

    private final Broker broker;
    private final Samples samples;

    Deployment(Broker broker) {
        this.broker = broker;
        this.samples = Samples.ofThisRun(broker.refuses());
    }

    Samples samples() {
        return samples;
    }

    /** The settings of a service that publishes these events to a topic. */
    Map<String, Object> settings(String service, String topic, List<? extends Signal<?>> published) {
        Map<String, Object> settings = new HashMap<>(broker.settings());
        settings.put("SERVICE_VARIANT", service);
        settings.put("EVENT_BUS_TOPIC_PREFIX", PREFIX);
        settings.put(
                "EVENT_BUS_PRODUCER_CONFIG",
                published.stream().collect(toMap(Signal::eventType, signal -> topic(topic, signal))));
        return settings;
    }

    /** The settings of a service that publishes all its events to a topic. */
    Map<String, Object> settings(String service, String topic) {
        return settings(service, topic, samples.signals());
    }

    /** The entry of {@code EVENT_BUS_PRODUCER_CONFIG} for an event that is published to a topic. */
    static Map<String, ?> topic(String topic, Signal<?> signal) {
        return Map.of(topic, Map.of("event_key_field", KeyFields.of(signal), "enabled", true));
    }

    /** A Java service that receives all events that it consumes, and publishes nothing by configuration. */
    JavaService java() {
        return JavaService.start(settings("credentials", UNUSED, List.of())).receiving(Samples.busSignals());
    }

    /** A Python process that runs a command without a topic. */
    PythonPeer python(String command) {
        return PythonPeer.start(command, settings("lms", UNUSED, List.of()), Map.of());
    }

    /** A Python service that consumes; ready when this returns. */
    PythonPeer pythonConsumer(String topic, String group) {
        return pythonRelay(topic, group, "");
    }

    /** A Python service that consumes, and has an event of its own, see {@link OwnEvent}; ready when this returns. */
    PythonPeer pythonConsumerOfOwnEvents(String topic, String group) {
        return pythonConsumer(
                "consume_own", topic, Map.of("topic", topic, "group", group, "options", broker.pythonConsumer("own")));
    }

    /** A Python service that consumes, and publishes each event to another topic; ready when this returns. */
    PythonPeer pythonRelay(String topic, String group, String relayTo) {
        return pythonConsumer(
                "consume",
                topic,
                Map.of(
                        "topic", topic,
                        "group", group,
                        "options", broker.pythonConsumer("python"),
                        "relay_to", relayTo));
    }

    private PythonPeer pythonConsumer(String command, String topic, Map<String, Object> arguments) {
        broker.createGroup(PREFIX + "-" + topic, String.valueOf(arguments.get("group")));
        PythonPeer python = PythonPeer.start(command, settings("lms", UNUSED), arguments);
        assertThat(python.next()).containsEntry("ready", true);
        return python;
    }

    /** Sends all samples of the Python side to a topic. */
    List<PythonEvent> produceInPython(String topic) {
        try (PythonPeer python = PythonPeer.start("produce", settings("lms", topic), Map.of("seed", samples.seed()))) {
            return python.rest().stream().map(PythonEvent::of).toList();
        }
    }

    /** Sends all samples of the Java side to a topic; those of one variant with their own metadata. */
    List<JavaEvent> produceInJava(String topic) {
        List<JavaEvent> sent = new ArrayList<>();
        try (JavaService java =
                JavaService.start(settings("credentials", topic)).receiving(Samples.busSignals())) {
            for (Sample<?> sample : samples.all()) {
                if (sample.variant() == Variant.ODD) {
                    java.publish(topic, sample.event());
                    sent.add(new JavaEvent(sample.variant(), sample.event()));
                } else {
                    sample.sendTo(java.events());
                    List<Event<?>> received = java.received();
                    sent.add(new JavaEvent(sample.variant(), received.get(received.size() - 1)));
                }
            }
        }
        return sent;
    }

    /** The events of a topic by their ids. */
    Map<String, RawEvent> raw(String topic) {
        return broker.events(PREFIX + "-" + topic).stream().collect(toMap(RawEvent::id, Function.identity()));
    }

    /** Waits until this number of members of a group shares its topic. */
    void awaitMembers(String group, int members) {
        broker.awaitMembers(group, members);
    }

    /** How many events of a topic a group has been given and has not acknowledged. */
    long unacknowledged(String topic, String group) {
        return broker.unacknowledged(PREFIX + "-" + topic, group);
    }

    /** The value of a key, which must be in the map. */
    static <V> V found(Map<String, V> map, String key) {
        @Nullable V value = map.get(key);
        if (value == null) {
            throw new AssertionError("Nothing was received for " + key);
        }
        return value;
    }

    @Override
    public void close() {
        broker.close();
    }
}
