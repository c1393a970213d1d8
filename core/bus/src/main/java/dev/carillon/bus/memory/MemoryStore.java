package dev.carillon.bus.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.memory.MemoryBroker.Schemas;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores messages in a {@link MemoryBroker}. */
final class MemoryStore implements MessageStore {

    private final MemoryBroker broker;

    MemoryStore(MemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public String put(String topic, String id, @Nullable String replaced, RawMessage message) {
        return broker.stored(topic).put(id, message);
    }

    @Override
    public <T> List<T> list(String topic, Function<IncomingMessage, T> reader) {
        return broker.stored(topic).all().stream()
                .map(message -> message.withoutData(message.key()))
                .map(reader)
                .toList();
    }

    @Override
    public Optional<IncomingMessage> find(String topic, String place) {
        return broker.stored(topic).all().stream()
                .filter(message -> message.position().toString().equals(place))
                .findFirst();
    }

    @Override
    public void discard(String topic, String id, String place) {
        broker.stored(topic).discard(id);
    }

    @Override
    public void discard(String topic, String place) {
        broker.stored(topic).discardAt(place);
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

    /** Messages that are stored under ids, in order of arrival. Guarded by its monitor. */
    static final class StoredMessages {

        private final String topic;
        private final Schemas schemas;
        private final Map<String, IncomingMessage> byId = new LinkedHashMap<>();
        private int next;

        StoredMessages(String topic, Schemas schemas) {
            this.topic = topic;
            this.schemas = schemas;
        }

        synchronized String put(String id, RawMessage message) {
            MemoryPosition place = new MemoryPosition(0, next++);
            byId.remove(id);
            IncomingMessage stored = new IncomingMessage(
                    topic, 0, place, message.headers(), id.getBytes(UTF_8), message.value(), 0, null, null);
            byId.put(id, schemas.resolve(stored));
            return place.toString();
        }

        synchronized List<IncomingMessage> all() {
            return List.copyOf(byId.values());
        }

        synchronized void discard(String id) {
            byId.remove(id);
        }

        synchronized void discardAt(String place) {
            byId.values().removeIf(message -> message.position().toString().equals(place));
        }
    }
}
