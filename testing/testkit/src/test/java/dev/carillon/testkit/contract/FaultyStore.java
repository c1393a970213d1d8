package dev.carillon.testkit.contract;

import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The message store of a faulty transport. */
final class FaultyStore implements MessageStore {

    private final FaultyTransports transports;
    private final MessageStore memory;

    FaultyStore(FaultyTransports transports, MessageStore memory) {
        this.transports = transports;
        this.memory = memory;
    }

    @Override
    public String put(String topic, String id, @Nullable String replaced, RawMessage message) {
        transports.requireUp();
        List<Header> headers = transports.has(Defect.DROPS_FOREIGN_HEADERS_OF_DEAD_LETTERS)
                ? message.headers().stream()
                        .filter(each -> !each.name().startsWith("x-"))
                        .toList()
                : message.headers();
        return memory.put(topic, id, replaced, new RawMessage(headers, message.key(), message.value()));
    }

    @Override
    public <T> List<T> list(String topic, Function<IncomingMessage, T> reader) {
        transports.requireUp();
        return memory.list(topic, reader);
    }

    @Override
    public Optional<IncomingMessage> find(String topic, String place) {
        transports.requireUp();
        return memory.find(topic, place);
    }

    @Override
    public void discard(String topic, String id, String place) {
        transports.requireUp();
        if (!transports.has(Defect.DISCARDS_NOTHING)) {
            memory.discard(topic, id, place);
        }
    }

    @Override
    public void discard(String topic, String place) {
        transports.requireUp();
        memory.discard(topic, place);
    }

    @Override
    public void send(String topic, List<RawMessage> messages) {
        transports.requireUp();
        memory.send(topic, messages);
    }

    @Override
    public void read(String topic, StartAt from, Predicate<IncomingMessage> visitor) {
        transports.requireUp();
        memory.read(topic, from, visitor);
    }

    @Override
    public void close() {
        memory.close();
    }
}
