package dev.carillon.bus.memory;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps messages in a {@link MemoryBroker}. */
final class MemoryStore implements MessageStore {

    private final MemoryBroker broker;

    MemoryStore(MemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public String keep(String topic, String id, @Nullable String replaced, RawMessage message) {
        return broker.kept(topic).keep(id, message);
    }

    @Override
    public <T> List<T> kept(String topic, Function<IncomingMessage, T> reader) {
        return broker.kept(topic).all().stream()
                .map(message -> message.withoutData(message.key()))
                .map(reader)
                .toList();
    }

    @Override
    public Optional<IncomingMessage> kept(String topic, String place) {
        return broker.kept(topic).all().stream()
                .filter(message -> message.position().equals(place))
                .findFirst();
    }

    @Override
    public void discard(String topic, String id, String place) {
        broker.kept(topic).discard(id);
    }

    @Override
    public void discard(String topic, String place) {
        broker.kept(topic).discardAt(place);
    }

    @Override
    public void send(String topic, List<RawMessage> messages) {
        messages.forEach(broker.topic(topic)::append);
        broker.arrived();
    }

    @Override
    public void read(String topic, StartAt from, Predicate<IncomingMessage> visitor) {
        for (IncomingMessage message : broker.topic(topic).from(from)) {
            if (!visitor.test(message)) {
                return;
            }
        }
    }

    @Override
    public void close() {}
}
