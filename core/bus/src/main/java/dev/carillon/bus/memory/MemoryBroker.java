package dev.carillon.bus.memory;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryStore.KeptMessages;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.TransportProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A broker inside one process, for tests: topics with partitions, groups with positions whose members share the partitions,
 * messages as they would travel on a wire. Several buses may be opened on one broker, to play several services. What it holds is gone with it. Thread-safe.
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
    private final Map<String, KeptMessages> kept = new ConcurrentHashMap<>();

    /** Topics of three partitions. */
    public MemoryBroker() {
        this(DEFAULT_PARTITIONS);
    }

    /**
     * Topics of so many partitions; one keeps the order of all messages.
     *
     * @throws IllegalArgumentException when it is less than one
     */
    public MemoryBroker(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but was " + partitions);
        }
        this.partitions = partitions;
    }

    MemoryTopic topic(String name) {
        return topics.computeIfAbsent(name, each -> new MemoryTopic(each, partitions));
    }

    KeptMessages kept(String topic) {
        return kept.computeIfAbsent(topic, KeptMessages::new);
    }

    /** The names of the topics in which messages are kept. */
    Set<String> keptNames() {
        return kept.entrySet().stream()
                .filter(entry -> !entry.getValue().all().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The names of the topics that exist, beside those. */
    Set<String> topicNames() {
        return Set.copyOf(topics.keySet());
    }

    /** Something changed that a waiting reader may want to see. */
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

    /** Waits for something to change since {@code seen}, at most so long; answers whether it did. */
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
}
