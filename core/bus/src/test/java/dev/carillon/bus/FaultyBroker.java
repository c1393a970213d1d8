package dev.carillon.bus;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.GroupIncident;
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
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.TransportProvider;
import dev.carillon.bus.transport.UnpublishableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A broker in memory that fails on demand: it throws, or lets senders wait. */
public final class FaultyBroker implements TransportProvider {

    private final MemoryBroker broker = new MemoryBroker(1);
    /** If positive, polls and acknowledgements fail at random: one of this number. */
    public volatile int failsOnceIn;

    public final AtomicInteger pollsToFail = new AtomicInteger();
    public final AtomicInteger acknowledgementsToFail = new AtomicInteger();
    /** The last message that it was asked to acknowledge, also where that failed. */
    public volatile @Nullable IncomingMessage lastToAcknowledge;

    final AtomicInteger pausesToFail = new AtomicInteger();
    volatile Set<String> pausedTopics = Set.of();
    public final AtomicInteger sendsToFail = new AtomicInteger();
    public final AtomicInteger keptAlive = new AtomicInteger();
    volatile @Nullable GroupIncident incident;
    /** Before the next poll, the group assigns it to another member. */
    volatile @Nullable Partition revoked;
    /** Runs while it is asked to acknowledge. */
    volatile Runnable onAcknowledge = () -> {};

    public final AtomicInteger smallestPoll = new AtomicInteger(Integer.MAX_VALUE);
    public volatile boolean holdsSends;
    public volatile boolean ownsEverything = true;
    public final AtomicInteger pendingSendsToFail = new AtomicInteger();
    volatile @Nullable RuntimeException sinkCloseFailure;
    public final AtomicInteger closedTransports = new AtomicInteger();
    volatile @Nullable Duration lastTimeout;
    public final AtomicInteger storeCalls = new AtomicInteger();
    public final AtomicInteger readAgainCalls = new AtomicInteger();
    volatile @Nullable String readsNothingAgainOf;
    public volatile boolean refusesToKeep;
    volatile boolean hasStore = true;
    volatile boolean carriesKeys = true;
    public volatile CountDownLatch holdsStore = new CountDownLatch(0);
    private final Queue<Runnable> pendingSends = new ConcurrentLinkedQueue<>();

    public int pendingSends() {
        return pendingSends.size();
    }

    /** Acknowledges the oldest pending send; false when there is none. */
    public boolean answerOne() {
        Runnable send = pendingSends.poll();
        if (send == null) {
            return false;
        }
        send.run();
        return true;
    }

    private void failSometimes() {
        int oneIn = failsOnceIn;
        if (oneIn > 0 && ThreadLocalRandom.current().nextInt(oneIn) == 0) {
            throw new TransportException("nobody there, this time", null);
        }
    }

    private static void failIf(AtomicInteger failures) {
        if (failures.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            throw new TransportException("nobody there", null);
        }
    }

    @Override
    public String name() {
        return "troubled";
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }

    @Override
    public String settingsPrefix() {
        return "EVENT_BUS_TROUBLED_";
    }

    @Override
    public boolean isConfigured(Settings settings) {
        return true;
    }

    @Override
    public Supplier<Transport> prepare(SettingsReader settings, Optional<String> service) {
        Supplier<Transport> prepared = broker.prepare(settings, service);
        return () -> new TroubledTransport(prepared.get());
    }

    /** A store whose calls wait while {@link #holdsStore} says so. */
    private MessageStore holdingStore(MessageStore inner) {
        return (MessageStore) Proxy.newProxyInstance(
                MessageStore.class.getClassLoader(),
                new Class<?>[] {MessageStore.class},
                (proxy, method, arguments) -> {
                    storeCalls.incrementAndGet();
                    if (refusesToKeep && method.getName().equals("put")) {
                        throw new UnpublishableException("too large", null);
                    }
                    CountDownLatch latch = holdsStore;
                    if (latch.getCount() > 0) {
                        latch.await();
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private final class TroubledTransport implements Transport {
        private final Transport inner;

        TroubledTransport(Transport inner) {
            this.inner = inner;
        }

        @Override
        public HeaderNames headerNames() {
            return inner.headerNames();
        }

        @Override
        public Position position(String text) {
            return inner.position(text);
        }

        @Override
        public boolean carriesKeys() {
            return carriesKeys;
        }

        @Override
        public MessageSink sink() {
            return new TroubledSink(inner.sink());
        }

        @Override
        public MessageSource source(SourceSpec spec, SourceListener listener) {
            return new TroubledSource(inner.source(spec, listener), listener);
        }

        @Override
        public Optional<MessageStore> store() {
            return hasStore ? inner.store().map(FaultyBroker.this::holdingStore) : Optional.empty();
        }

        @Override
        public void close() {
            closedTransports.incrementAndGet();
            inner.close();
        }
    }

    private final class TroubledSink implements MessageSink {
        private final MessageSink inner;

        TroubledSink(MessageSink inner) {
            this.inner = inner;
        }

        @Override
        public CompletableFuture<String> send(OutgoingMessage message) {
            failIf(sendsToFail);
            if (!holdsSends) {
                return inner.send(message);
            }
            CompletableFuture<String> answer = new CompletableFuture<>();
            pendingSends.add(() -> {
                if (pendingSendsToFail.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                    answer.completeExceptionally(new TransportException("refused", null));
                } else {
                    answer.complete(inner.send(message).join());
                }
            });
            return answer;
        }

        @Override
        public void close() {
            inner.close();
            RuntimeException failure = sinkCloseFailure;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final class TroubledSource implements MessageSource {
        private final MessageSource inner;
        private final SourceListener listener;

        TroubledSource(MessageSource inner, SourceListener listener) {
            this.inner = inner;
            this.listener = listener;
        }

        @Override
        public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
            failSometimes();
            failIf(pollsToFail);
            GroupIncident happened = incident;
            if (happened != null) {
                incident = null;
                listener.incident(happened);
            }
            Partition leaving = revoked;
            if (leaving != null) {
                revoked = null;
                listener.partitionsRevoked(List.of(leaving), Duration.ofSeconds(10));
            }
            if (max == 0) {
                keptAlive.incrementAndGet();
            } else {
                lastTimeout = timeout;
                smallestPoll.accumulateAndGet(max, Math::min);
            }
            return inner.poll(max, maxBytes, timeout);
        }

        @Override
        public List<IncomingMessage> readAgain(Partition partition, List<Position> positions) {
            readAgainCalls.incrementAndGet();
            if (partition.topic().equals(readsNothingAgainOf)) {
                throw new TransportException("no leader for " + partition, null);
            }
            return inner.readAgain(partition, positions);
        }

        @Override
        public void pause(Set<String> topics) {
            failIf(pausesToFail);
            inner.pause(topics);
            pausedTopics = topics;
        }

        @Override
        public boolean owns(IncomingMessage message) {
            return ownsEverything;
        }

        @Override
        public void acknowledge(List<IncomingMessage> messages) {
            lastToAcknowledge = messages.get(messages.size() - 1);
            onAcknowledge.run();
            failSometimes();
            failIf(acknowledgementsToFail);
            inner.acknowledge(messages);
        }

        @Override
        public AckMode ackMode() {
            return inner.ackMode();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
