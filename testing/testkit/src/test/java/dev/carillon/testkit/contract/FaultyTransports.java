package dev.carillon.testkit.contract;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.Diagnostic;
import dev.carillon.bus.transport.GroupMove;
import dev.carillon.bus.transport.GroupState;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.Position;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportAdmin;
import dev.carillon.bus.transport.TransportAdmin.CheckSpec;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.TransportProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transports over a {@link MemoryBroker} with three partitions per topic, and with at most one {@link Defect}. The broker refuses
 * large messages, moves groups by force, and can be killed.
 */
final class FaultyTransports implements TransportProvider, BrokerProcess {

    /** The broker refuses events with more bytes of data. */
    static final int LARGEST_MESSAGE = 10_000;

    private final MemoryBroker broker = new MemoryBroker(3);
    private final @Nullable Defect defect;
    private final AtomicInteger members = new AtomicInteger();
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** With this defect; null: without any. */
    FaultyTransports(@Nullable Defect defect) {
        this.defect = defect;
    }

    boolean isDown() {
        return down;
    }

    boolean has(Defect one) {
        return defect == one;
    }

    void requireUp() {
        if (down) {
            throw new TransportException("the broker is down", null);
        }
    }

    @Override
    public void kill() {
        down = true;
    }

    @Override
    public void restart() {
        down = false;
    }

    @Override
    public void pause() {
        down = true;
    }

    @Override
    public void resume() {
        down = false;
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public List<String> aliases() {
        return broker.aliases();
    }

    @Override
    public String settingsPrefix() {
        return broker.settingsPrefix();
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return broker.isConfigured(settings);
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        Supplier<Transport> memory = broker.prepare(settings, service);
        return () -> new Faulty(memory.get());
    }

    private final class Faulty implements Transport {
        private final Transport memory;

        Faulty(Transport memory) {
            this.memory = memory;
        }

        @Override
        public HeaderNames headerNames() {
            return memory.headerNames();
        }

        @Override
        public boolean carriesKeys() {
            return memory.carriesKeys();
        }

        @Override
        public Position position(String text) {
            boolean ignored = has(Defect.TAKES_ANY_TEXT_FOR_A_POSITION) && !text.contains(":");
            Position position = memory.position(ignored ? "0:0" : text);
            return has(Defect.ORDERS_POSITIONS_AS_TEXT) ? new SourceWithTextOrder.PositionAsText(position) : position;
        }

        @Override
        public MessageSink sink() {
            return new FaultySink(FaultyTransports.this, memory.sink());
        }

        @Override
        public MessageSource source(SourceSpec spec, SourceListener listener) {
            MessageSource source = new Source(memory, spec, listener);
            return has(Defect.ORDERS_POSITIONS_AS_TEXT) ? new SourceWithTextOrder(source) : source;
        }

        @Override
        public Optional<MessageStore> store() {
            return memory.store().map(store -> new FaultyStore(FaultyTransports.this, store));
        }

        @Override
        public Optional<TransportAdmin> admin() {
            return memory.admin().map(Admin::new);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private final class Source implements MessageSource {
        private final Transport memory;
        private final SourceSpec spec;
        private final SourceListener listener;
        private final Map<Partition, String> acknowledged = new HashMap<>();
        private Set<String> paused = Set.of();
        private MessageSource reader;

        Source(Transport memory, SourceSpec asked, SourceListener listener) {
            this.memory = memory;
            this.listener = listener;
            String group = has(Defect.GIVES_A_PARTITION_TO_EVERY_MEMBER)
                    ? asked.group() + "-" + members.incrementAndGet()
                    : asked.group();
            Set<String> own = has(Defect.STARTS_OWN_TOPICS_AT_THE_LATEST) ? Set.of() : asked.ownTopics();
            this.spec =
                    new SourceSpec(asked.topics(), group, asked.consumerName(), asked.startAt(), asked.extra(), own);
            if (has(Defect.MOVES_GROUPS_THAT_EXIST)) {
                spec.topics().forEach(this::moveIfThere);
            }
            this.reader = memory.source(spec, listener);
            sources.add(this);
        }

        private void moveIfThere(String topic) {
            try (TransportAdmin admin = memory.admin().orElseThrow()) {
                if (!admin.groups(List.of(topic)).isEmpty()) {
                    admin.move(topic, spec.group(), spec.startAt(topic), false);
                }
            }
        }

        boolean reads(String topic, String group) {
            return spec.topics().contains(topic) && spec.group().equals(group);
        }

        /** Leaves the group while it is moved; what was read and is not acknowledged is forgotten. */
        synchronized void leave() {
            reader.close();
        }

        synchronized void rejoin() {
            reader = memory.source(spec, listener);
            reader.pause(paused);
        }

        @Override
        public synchronized List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
            requireUp();
            List<IncomingMessage> messages = reader.poll(max, maxBytes, timeout);
            if (has(Defect.ACKNOWLEDGES_BEFORE_DELIVERY)) {
                reader.acknowledge(messages);
            }
            return has(Defect.DROPS_THE_LAST_OF_A_BATCH) && messages.size() > 1
                    ? messages.subList(0, messages.size() - 1)
                    : messages;
        }

        @Override
        public synchronized List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
            requireUp();
            return reader.readAgain(partition, positions);
        }

        @Override
        public synchronized void pause(Set<String> topics) {
            paused = has(Defect.IGNORES_PAUSE) ? Set.of() : topics;
            reader.pause(paused);
        }

        @Override
        public synchronized void acknowledge(List<IncomingMessage> messages) {
            requireUp();
            reader.acknowledge(
                    has(Defect.COMPARES_POSITIONS_AS_TEXT)
                            ? messages.stream().filter(this::isLaterAsText).toList()
                            : messages);
        }

        private boolean isLaterAsText(IncomingMessage message) {
            Partition partition = new Partition(message.topic(), message.partition());
            String last = acknowledged.getOrDefault(partition, "");
            String position = message.position().toString();
            if (position.compareTo(last) <= 0) {
                return false;
            }
            acknowledged.put(partition, position);
            return true;
        }

        @Override
        public AckMode ackMode() {
            return AckMode.CUMULATIVE;
        }

        @Override
        public synchronized void close() {
            sources.remove(this);
            reader.close();
        }
    }

    private final class Admin implements TransportAdmin {
        private final TransportAdmin memory;

        Admin(TransportAdmin memory) {
            this.memory = memory;
        }

        @Override
        public List<String> topics(String beginning) {
            requireUp();
            return memory.topics(beginning);
        }

        @Override
        public List<GroupState> groups(Collection<String> fullTopics) {
            requireUp();
            return memory.groups(fullTopics);
        }

        @Override
        public long length(String fullTopic) {
            requireUp();
            return memory.length(fullTopic);
        }

        @Override
        public OptionalLong storedMessages(String fullTopic) {
            requireUp();
            return memory.storedMessages(fullTopic);
        }

        @Override
        public GroupMove plan(String fullTopic, String group, StartAt to) {
            requireUp();
            return memory.plan(fullTopic, group, to);
        }

        @Override
        public void move(String fullTopic, String group, StartAt to, boolean force) {
            requireUp();
            List<Source> live = force || has(Defect.MOVES_LIVE_MEMBERS_UNASKED)
                    ? sources.stream()
                            .filter(source -> source.reads(fullTopic, group))
                            .toList()
                    : List.of();
            if (has(Defect.IGNORES_FORCED_MOVES) && !live.isEmpty()) {
                return;
            }
            live.forEach(Source::leave);
            try {
                memory.move(fullTopic, group, to, force);
            } finally {
                live.forEach(Source::rejoin);
            }
        }

        @Override
        public List<Diagnostic> check(CheckSpec spec) {
            if (down && has(Defect.CHECK_THROWS_WHEN_THE_BROKER_IS_DOWN)) {
                requireUp();
            }
            return down
                    ? List.of(Diagnostic.failed("connection", "the broker is down", "start the broker"))
                    : memory.check(spec);
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
