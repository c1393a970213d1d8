package dev.carillon.bus.memory;

import dev.carillon.bus.StartAt;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageStore;
import dev.carillon.bus.spi.RawMessage;
import java.util.List;
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
    public List<IncomingMessage> kept(String topic) {
        return broker.kept(topic).all();
    }

    @Override
    public void discard(String topic, String id, String place) {
        broker.kept(topic).discard(id);
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
