package dev.carillon.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.RetryPolicy;
import dev.carillon.bus.deadletter.DeadLetter;
import dev.carillon.bus.deadletter.DeadLetters;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.bus.transport.GroupTopics;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.events.Event;
import dev.carillon.events.Events;
import dev.carillon.events.ReceiverOptions;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A service that receives every event of the catalog, over a broker in memory that anyone may write to. */
final class Service implements AutoCloseable {

    static final String TOPIC = "steps";
    static final String GROUP = "readers";
    static final String DEAD_LETTERS = GroupTopics.deadLetters(TOPIC, GROUP);
    static final String RETRY = GroupTopics.retry(TOPIC, GROUP);

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long POLL_INTERVAL_NANOS = 20_000;

    private final Events events = Events.create("fuzz");
    private final ConcurrentLinkedQueue<Event<?>> heard = new ConcurrentLinkedQueue<>();
    private final Transport transport;
    private final MessageStore store;
    private final EventBus bus;
    private final EventConsumer consumer;
    private final Thread thread;

    Service() {
        MemoryBroker broker = new MemoryBroker(1);
        Settings settings = Settings.of(Map.of("EVENT_BUS_MEMORY_AUDIT_LOGGING_ENABLED", false));
        transport =
                broker.prepare(new SettingsReader(settings), Optional.empty()).get();
        store = transport.store().orElseThrow();
        Recorded.SIGNALS.forEach(this::hear);
        bus = EventBus.open(settings, events, broker);
        consumer = bus.consumer(
                List.of(TOPIC),
                GROUP,
                ConsumerOptions.defaults()
                        .withConcurrency(1)
                        .withStartAt(StartAt.earliest())
                        .withRetries(RetryPolicy.none()));
        thread = new Thread(consumer::run, "consumer");
        thread.setDaemon(true);
    }

    /** Starts consuming. */
    Service consuming() {
        thread.start();
        return this;
    }

    private <T> void hear(Signal<T> signal) {
        events.connect(signal, heard::add, ReceiverOptions.id("hears " + signal.eventType()));
    }

    ConsumerCounts counts() {
        return consumer.counts();
    }

    DeadLetters deadLetters() {
        return bus.deadLetters(TOPIC, GROUP);
    }

    /** The message of a dead letter as it came. */
    byte[] valueOf(DeadLetter deadLetter) {
        return deadLetters().message(deadLetter).orElseThrow().value();
    }

    /** Adds an entry to the dead letters and returns its position. */
    String put(String id, RawMessage entry) {
        return store.put(DEAD_LETTERS, id, null, entry);
    }

    /** Removes an entry from the dead letters, whatever it is. */
    void remove(String place) {
        store.discard(DEAD_LETTERS, place);
    }

    /** The last event received; null when none was received since the last call. */
    @Nullable
    Event<?> lastHeard() {
        @Nullable Event<?> last = null;
        for (Event<?> next = heard.poll(); next != null; next = heard.poll()) {
            last = next;
        }
        return last;
    }

    /**
     * Puts a message on a topic that the consumer reads, waits until the consumer has finished with it, and returns the counts
     * from before.
     */
    ConsumerCounts handle(String topic, RawMessage message) {
        ConsumerCounts before = counts();
        store.send(topic, List.of(message));
        await("acknowledged", () -> counts().acknowledged() > before.acknowledged());
        return before;
    }

    /** Waits for a condition. Fails, naming the condition, when it is not met or the consumer stops. */
    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(thread.isAlive()).as("the consumer runs").isTrue();
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }

    @Override
    public void close() {
        bus.close();
        store.close();
        transport.close();
    }
}
