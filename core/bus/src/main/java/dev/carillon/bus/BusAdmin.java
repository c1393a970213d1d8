package dev.carillon.bus;

import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.StartAt;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What operators ask of the broker that this service consumes from; or publishes to, where it only does that. Topics are without
 * prefix, going in and coming out; those with another prefix than the settings' do not exist here. For one thread.
 *
 * <p>Every method ends within the timeouts that the settings give the broker, and throws a
 * {@link dev.carillon.bus.transport.TransportException} when it is away or refuses.
 */
public final class BusAdmin implements AutoCloseable {

    private final TransportAdmin broker;
    private final BusSettings settings;
    private final Events events;
    private final EventCodecs codecs;

    BusAdmin(TransportAdmin broker, BusSettings settings, Events events, EventCodecs codecs) {
        this.broker = broker;
        this.settings = settings;
        this.events = events;
        this.codecs = codecs;
    }

    /** The topics that exist, in alphabetical order; those that one group has for itself ({@link GroupTopics}) among them. */
    public List<String> topics() {
        return broker.topics(names().full("")).stream().map(names()::base).toList();
    }

    /** How far each group of these topics is, in the order of the topics; nothing for a topic that does not exist. */
    public List<GroupState> groups(Collection<String> topics) {
        return broker.groups(full(topics)).stream()
                .map(state -> state.withTopic(names().base(state.topic())))
                .toList();
    }

    /** How many events a topic holds; 0 when it does not exist. */
    public long length(String topic) {
        return broker.length(names().full(topic));
    }

    /** How many dead letters a group has of a topic; empty when we may not look. */
    public OptionalLong deadLetters(String topic, String group) {
        return broker.kept(GroupTopics.deadLetters(names().full(topic), group));
    }

    /**
     * What {@link #move} would do now. A move concerns all partitions of the topic, except that one to behind a position leaves
     * those that the position does not name where they are.
     *
     * @throws IllegalArgumentException when topic or group do not exist, with the nearest names that do, and when this broker
     *     cannot make anything of the position
     */
    public GroupMove plan(String topic, String group, StartAt to) {
        return broker.plan(names().full(topic), group, to).withTopic(topic);
    }

    /**
     * Moves a group: from now on it is given exactly the events behind the new position. What it was given before and has not
     * acknowledged counts as acknowledged.
     *
     * @param force do it in spite of members that are alive, as far as the broker lets us; they go on from the new position, but
     *     work that they have begun they end
     * @throws IllegalArgumentException as {@link #plan}
     * @throws IllegalStateException when members are alive, named in the message, and it is not forced; or when the broker does
     *     not let us in spite of them
     */
    public void move(String topic, String group, StartAt to, boolean force) {
        broker.move(names().full(topic), group, to, force);
    }

    /**
     * Looks whether everything is there that producers and consumers need: connection, permissions, schemas, and room enough
     * that nothing leaves a topic before its groups have read it; and names settings that are probably mistyped. What fails is in the answer, and not thrown.
     *
     * @param topics topics that shall be usable, beside those that the settings publish to
     * @param group the group that shall be able to consume them; empty: consuming is tried, but not needed
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
        settings.doubts().forEach(doubt -> checks.add(Diagnostic.warning("settings", doubt)));
        checks.addAll(broker.check(new CheckSpec(List.copyOf(all), published, own, group, names().full(""), schemas)));
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

    /** Lets go of the connection. To be called before the bus is closed. */
    @Override
    public void close() {
        broker.close();
    }
}
