package dev.carillon.bus.memory;

import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.events.internal.NearestNames;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Administers a {@link MemoryBroker}. */
final class MemoryAdmin implements TransportAdmin {

    private final MemoryBroker broker;

    MemoryAdmin(MemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public List<String> topics(String beginning) {
        return Stream.concat(broker.topicNames().stream(), broker.storedTopics().stream())
                .filter(name -> name.startsWith(beginning))
                .sorted()
                .toList();
    }

    @Override
    public List<GroupState> groups(Collection<String> fullTopics) {
        return fullTopics.stream()
                .filter(broker.topicNames()::contains)
                .flatMap(topic -> broker.topic(topic).groupStates().stream())
                .toList();
    }

    @Override
    public long length(String fullTopic) {
        return broker.topicNames().contains(fullTopic) ? broker.topic(fullTopic).length() : 0;
    }

    @Override
    public OptionalLong storedMessages(String fullTopic) {
        return OptionalLong.of(broker.stored(fullTopic).all().size());
    }

    @Override
    public GroupMove plan(String fullTopic, String group, StartAt to) {
        return existing(fullTopic).plan(group, to);
    }

    @Override
    public void move(String fullTopic, String group, StartAt to, boolean force) {
        existing(fullTopic).move(group, to);
    }

    private MemoryTopic existing(String name) {
        if (!broker.topicNames().contains(name)) {
            throw new IllegalArgumentException(
                    "There is no topic '" + name + "'" + NearestNames.question(name, broker.topicNames()));
        }
        return broker.topic(name);
    }

    @Override
    public List<Diagnostic> check(CheckSpec spec) {
        return List.of(
                Diagnostic.ok("connection", "the broker is in memory; its messages are lost when this process ends"));
    }

    @Override
    public void close() {}
}
