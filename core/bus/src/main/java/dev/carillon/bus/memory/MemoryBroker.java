package dev.carillon.bus.memory;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryStore.StoredMessages;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.SchemaFingerprint;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.bus.transport.WriterSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An in-process broker for tests: topics with partitions, groups with positions whose members share the partitions, and
 * messages in their wire format. Several buses may be opened on one broker, to simulate several services. Nothing is persisted.
 * Thread-safe.
 *
 * <pre>{@code
 * MemoryBroker broker = new MemoryBroker();
 * try (EventBus bus = EventBus.open(settings, events, broker)) { … }
 * }</pre>
 */
public final class MemoryBroker implements TransportProvider {

    private static final int DEFAULT_PARTITIONS = 3;

    private final int partitions;
    private final Object arrivalLock = new Object();
    private long arrivals;
    private final Map<String, MemoryTopic> topics = new ConcurrentHashMap<>();
    private final Map<String, StoredMessages> storedMessages = new ConcurrentHashMap<>();
    private final Schemas schemas = new Schemas();

    /** Creates a broker whose topics have three partitions. */
    public MemoryBroker() {
        this(DEFAULT_PARTITIONS);
    }

    /**
     * Creates a broker whose topics have this number of partitions; with 1, all messages stay in order.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public MemoryBroker(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but was " + partitions);
        }
        this.partitions = partitions;
    }

    MemoryTopic topic(String name) {
        return topics.computeIfAbsent(name, each -> new MemoryTopic(each, partitions, schemas));
    }

    StoredMessages stored(String topic) {
        return storedMessages.computeIfAbsent(topic, each -> new StoredMessages(each, schemas));
    }

    /** The names of the topics that contain stored messages. */
    Set<String> storedTopics() {
        return storedMessages.entrySet().stream()
                .filter(entry -> !entry.getValue().all().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The names of the existing topics, without those for stored messages. */
    Set<String> topicNames() {
        return Set.copyOf(topics.keySet());
    }

    /** Signals a change to waiting readers. */
    void arrived() {
        synchronized (arrivalLock) {
            arrivals++;
            arrivalLock.notifyAll();
        }
    }

    long arrivals() {
        synchronized (arrivalLock) {
            return arrivals;
        }
    }

    /** Waits at most {@code nanos} nanoseconds for a change since {@code seen}; returns whether there was one. */
    boolean awaitArrival(long seen, long nanos) {
        long deadline = System.nanoTime() + nanos;
        synchronized (arrivalLock) {
            try {
                long left = nanos;
                while (arrivals == seen && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(arrivalLock, Math.max(left, 1_000_000));
                    left = deadline - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return arrivals != seen;
        }
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }

    @Override
    public String settingsPrefix() {
        return "EVENT_BUS_MEMORY_";
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return true;
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        return () -> new MemoryTransport(this);
    }

    /** The schemas of users' own events, by fingerprint. Thread-safe. */
    static final class Schemas {

        private final Map<String, WriterSchema> byFingerprint = new ConcurrentHashMap<>();

        /** Keeps the schema of a message if its readers need to find it. */
        void keep(OutgoingMessage message) {
            String fingerprint = message.schemaFingerprint();
            if (fingerprint != null) {
                byFingerprint.computeIfAbsent(fingerprint, absent -> new WriterSchema(message.schemaText()));
            }
        }

        /** A message with its schema, if its headers name one. */
        IncomingMessage resolve(IncomingMessage message) {
            String fingerprint = message.header(SchemaFingerprint.HEADER);
            WriterSchema schema = fingerprint == null ? null : byFingerprint.get(fingerprint);
            return schema == null ? message : message.withWriterSchema(schema);
        }
    }
}
