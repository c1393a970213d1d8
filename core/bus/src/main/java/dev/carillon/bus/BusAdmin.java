package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.events.Events;
import dev.carillon.events.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Administers the broker that this service consumes from, or publishes to if it only publishes. Topic names have no prefix, in
 * parameters and in results; topics with a prefix other than the one in the settings are not visible here. Not thread-safe.
 *
 * <p>Every method returns within the broker timeouts of the settings, and throws a
 * {@link dev.carillon.bus.transport.TransportException} when the broker is unavailable or refuses the request.
 */
public final class BusAdmin implements AutoCloseable {

    private final Transport transport;
    private final TransportAdmin broker;
    private final BusSettings settings;
    private final Events events;
    private final EventCodecs codecs;

    BusAdmin(Transport transport, BusSettings settings, Events events, EventCodecs codecs) {
        this.transport = transport;
        this.broker = transport.admin().orElseThrow(() -> UnsupportedByTransportException.admin(transport));
        this.settings = settings;
        this.events = events;
        this.codecs = codecs;
    }

    /** The existing topics in alphabetical order, including those that belong to one group ({@link GroupTopics}). */
    public List<String> topics() {
        return broker.topics(names().full("")).stream().map(names()::base).toList();
    }

    /** The state of each group of these topics, in the order of the topics; nothing for a topic that does not exist. */
    public List<GroupState> groups(Collection<String> topics) {
        return broker.groups(full(topics)).stream()
                .map(state -> state.withTopic(names().base(state.topic())))
                .toList();
    }

    /** Returns the number of events in a topic; 0 when it does not exist. */
    public long length(String topic) {
        return broker.length(names().full(topic));
    }

    /**
     * Counts the event types of the oldest messages of a topic, in alphabetical order; empty when it does not exist. A message
     * that has no event type is counted under the empty text.
     *
     * @param maxMessages how many messages are read at most
     * @throws UnsupportedByTransportException when the transport has no message store
     */
    public SortedMap<String, Long> eventTypes(String topic, long maxMessages) {
        SortedMap<String, Long> counts = new TreeMap<>();
        if (maxMessages < 1) {
            return counts;
        }
        AtomicLong left = new AtomicLong(maxMessages);
        String header = transport.headerNames().eventType();
        try (MessageStore store =
                transport.store().orElseThrow(() -> UnsupportedByTransportException.store(transport))) {
            store.read(names().full(topic), StartAt.earliest(), message -> {
                counts.merge(Objects.requireNonNullElse(message.header(header), ""), 1L, Long::sum);
                return left.decrementAndGet() > 0;
            });
        }
        return counts;
    }

    /** Returns the number of dead letters that a group has for a topic; empty when this client has no permission to read it. */
    public OptionalLong deadLetters(String topic, String group) {
        return broker.storedMessages(GroupTopics.deadLetters(names().full(topic), group));
    }

    /**
     * Returns what {@link #move} would do now. A move applies to all partitions of the topic. Exception: a move to a position
     * does not change the partitions that the position does not name.
     *
     * @throws IllegalArgumentException when the topic or the group does not exist (the message suggests the nearest names), or
     *     when this broker cannot parse the position
     */
    public GroupMove plan(String topic, String group, StartAt to) {
        return broker.plan(names().full(topic), group, to).withTopic(topic);
    }

    /**
     * Moves a group: from now on it receives exactly the events after the new position. Events that it received before and has
     * not acknowledged count as acknowledged.
     *
     * @param force move the group even if it has active members, as far as the broker allows; they continue from the new
     *     position, but finish the work that they have begun
     * @throws IllegalArgumentException as {@link #plan}
     * @throws IllegalStateException when members are active (the message names them) and {@code force} is false, or when the
     *     broker does not allow the move despite {@code force}
     */
    public void move(String topic, String group, StartAt to, boolean force) {
        broker.move(names().full(topic), group, to, force);
    }

    /**
     * Checks everything that producers and consumers need: connection, permissions, schemas, and enough capacity that no event
     * leaves a topic before its groups have read it. Also reports settings that are probably mistyped. Failed checks are
     * returned, not thrown.
     *
     * @param topics topics that must be usable, in addition to those that the settings publish to
     * @param group the group that must be able to consume them; when empty, consuming is checked but not required
     */
    public List<Diagnostic> check(Collection<String> topics, Optional<String> group) {
        Map<String, Set<String>> published = published();
        Set<String> all = new LinkedHashSet<>(full(topics));
        all.addAll(published.keySet());
        Set<String> own = own(topics, group);
        all.addAll(own);
        Map<String, String> schemas = new TreeMap<>();
        for (Signal<?> signal : events.signals().all()) {
            if (signal.inProcessReason().isEmpty()) {
                schemas.put(signal.eventType(), codecs.of(signal).schemaText());
            }
        }
        List<Diagnostic> checks = new ArrayList<>();
        settings.warnings()
                .forEach(warning ->
                        checks.add(Diagnostic.warning("settings", warning, "correct or remove the setting")));
        Set<String> ownEvents = new LinkedHashSet<>(schemas.keySet());
        ownEvents.removeAll(codecs.history().eventTypes());
        String prefix = names().full("");
        checks.addAll(broker.check(new CheckSpec(List.copyOf(all), published, own, group, prefix, schemas, ownEvents)));
        return checks;
    }

    private Set<String> own(Collection<String> topics, Optional<String> group) {
        Set<String> own = new LinkedHashSet<>();
        group.ifPresent(name -> full(topics).forEach(topic -> {
            own.add(GroupTopics.retry(topic, name));
            own.add(GroupTopics.deadLetters(topic, name));
        }));
        return own;
    }

    /** Full topic → the event types that are enabled for it. */
    private Map<String, Set<String>> published() {
        Map<String, Set<String>> published = new LinkedHashMap<>();
        settings.producerConfig()
                .topics()
                .forEach((eventType, topics) -> topics.forEach((topic, config) -> {
                    if (config.enabled()) {
                        published
                                .computeIfAbsent(names().full(topic), absent -> new LinkedHashSet<>())
                                .add(events.signals().get(eventType).eventType());
                    }
                }));
        return published;
    }

    private List<String> full(Collection<String> topics) {
        return topics.stream().map(names()::full).toList();
    }

    private TopicNames names() {
        return settings.topicNames();
    }

    /** Closes the connection. Call this before closing the bus. */
    @Override
    public void close() {
        broker.close();
    }
}
