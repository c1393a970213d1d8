package dev.carillon.bus.memory;

import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends messages to a {@link MemoryBroker} and reads from it. */
final class MemoryTransport implements Transport {

    private static final HeaderNames NAMES =
            new HeaderNames("type", "id", "source", "time", "minorversion", "sourcehost", "sourcelib", List.of());

    private final MemoryBroker broker;

    MemoryTransport(MemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public HeaderNames headerNames() {
        return NAMES;
    }

    @Override
    public boolean carriesKeys() {
        return true;
    }

    @Override
    public Position position(String text) {
        return MemoryPosition.parse(text);
    }

    @Override
    public MessageSink sink() {
        return new Sink();
    }

    @Override
    public MessageSource source(SourceSpec spec, SourceListener listener) {
        if (!spec.extra().isEmpty()) {
            throw new IllegalArgumentException("The memory transport has no extra options, but got "
                    + spec.extra().keySet());
        }
        return new Source(spec);
    }

    @Override
    public Optional<MessageStore> store() {
        return Optional.of(new MemoryStore(broker));
    }

    @Override
    public Optional<TransportAdmin> admin() {
        return Optional.of(new MemoryAdmin(broker));
    }

    @Override
    public void close() {}

    private final class Sink implements MessageSink {

        @Override
        public CompletableFuture<String> send(OutgoingMessage message) {
            String position = broker.topic(message.topic()).append(message).toString();
            broker.arrived();
            return CompletableFuture.completedFuture(position);
        }

        @Override
        public void close() {}
    }

    private final class Source implements MessageSource {
        private final SourceSpec spec;
        private Set<String> paused = Set.of();

        Source(SourceSpec spec) {
            this.spec = spec;
            spec.topics().forEach(topic -> broker.topic(topic).join(spec.group(), spec.startAt(topic), this));
        }

        @Override
        public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
            long deadline = System.nanoTime() + timeout.toNanos();
            long seen = broker.arrivals();
            List<IncomingMessage> messages = read(max, maxBytes);
            while (messages.isEmpty() && max > 0 && broker.awaitArrival(seen, deadline - System.nanoTime())) {
                seen = broker.arrivals();
                messages = read(max, maxBytes);
            }
            return messages;
        }

        private List<IncomingMessage> read(int max, long maxBytes) {
            List<IncomingMessage> messages = new ArrayList<>();
            long bytes = 0;
            for (String topic : spec.topics()) {
                if (!paused.contains(topic) && bytes < maxBytes) {
                    List<IncomingMessage> read =
                            broker.topic(topic).read(spec.group(), this, max - messages.size(), maxBytes - bytes);
                    messages.addAll(read);
                    bytes += read.stream().mapToLong(each -> each.data().length).sum();
                }
            }
            return messages;
        }

        @Override
        public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
            return broker.topic(partition.topic()).at(positions);
        }

        @Override
        public void pause(Set<String> topics) {
            paused = Set.copyOf(topics);
        }

        @Override
        public void acknowledge(List<IncomingMessage> messages) {
            for (IncomingMessage message : messages) {
                if (broker.topic(message.topic()).commit(spec.group(), message)) {
                    broker.arrived();
                }
            }
        }

        /** The name of the member. */
        @Override
        public String toString() {
            return spec.consumerName() == null
                    ? "reader-" + Integer.toHexString(System.identityHashCode(this))
                    : spec.consumerName();
        }

        @Override
        public AckMode ackMode() {
            return AckMode.CUMULATIVE;
        }

        @Override
        public void close() {
            spec.topics().forEach(topic -> broker.topic(topic).leave(spec.group(), this));
            broker.arrived();
        }
    }
}
