package dev.carillon.spring;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.consumer.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The consumers of the application, one for each group that an {@link EventReceiver} with a topic belongs to. They start after everything
 * else in the application, and stop first: events that were read are delivered and acknowledged. Thread-safe.
 */
public final class EventConsumers implements SmartLifecycle {

    /** After the relay, so that consumers stop before it. */
    static final int PHASE = DEFAULT_PHASE - 2048;

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumers.class);

    /** How long the start of the application waits for a consumer that refuses to start. The broker may be unavailable for longer. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(1);

    private static final long INTERVAL_MILLIS = 5;

    private final EventBus bus;
    private final ReceiverRegistry registry;
    private final BiFunction<String, ConsumerOptions, ConsumerOptions> customizer;
    private final Consumer<EventConsumer> created;
    private final boolean isEnabled;
    private final List<Running> running = new ArrayList<>();

    /** A consumer in a thread of its own. */
    private static final class Running implements Runnable {
        private final EventConsumer consumer;
        private final Thread thread;
        private volatile @Nullable StopReason reason;
        private volatile @Nullable Throwable failure;

        Running(EventConsumer consumer) {
            this.consumer = consumer;
            this.thread = new Thread(this, "carillon-" + consumer.group());
        }

        @Override
        public void run() {
            try {
                reason = consumer.run();
            } catch (RuntimeException | Error e) {
                failure = e;
                LOG.error("Consumer of topics {} as group {} ended", consumer.topics(), consumer.group(), e);
            }
        }

        /** Waits until it works, has ended, or the time is over. */
        void awaitStart(long deadlineNanos) throws InterruptedException {
            while (thread.isAlive() && consumer.health().lastProgress() == null && System.nanoTime() < deadlineNanos) {
                thread.join(INTERVAL_MILLIS);
            }
        }
    }

    EventConsumers(
            EventBus bus,
            ReceiverRegistry registry,
            BiFunction<String, ConsumerOptions, ConsumerOptions> customizer,
            Consumer<EventConsumer> created,
            boolean isEnabled) {
        this.bus = bus;
        this.registry = registry;
        this.customizer = customizer;
        this.created = created;
        this.isEnabled = isEnabled;
    }

    /**
     * Starts the consumers. The broker may be unavailable: they wait for it.
     *
     * @throws RuntimeException when a consumer refuses to start, for example because a receiver's data cannot go over the wire
     */
    @Override
    public synchronized void start() {
        if (!isEnabled || isRunning()) {
            return;
        }
        for (Map.Entry<String, ? extends Collection<String>> each :
                registry.topicsByGroup().entrySet()) {
            String group = each.getKey();
            EventConsumer consumer = open(group, List.copyOf(each.getValue()));
            created.accept(consumer);
            running.add(new Running(consumer));
        }
        running.forEach(each -> each.thread.start());
        awaitStart();
    }

    private EventConsumer open(String group, List<String> topics) {
        try {
            return bus.consumer(topics, group, customizer.apply(group, ConsumerOptions.defaults()));
        } catch (IllegalArgumentException e) {
            throw refused(topics, group, e);
        }
    }

    private static ReceiverDefinitionException refused(
            Collection<String> topics, String group, IllegalArgumentException reason) {
        return new ReceiverDefinitionException(
                "The consumer of topics " + topics + " as group " + group + " cannot start: " + reason.getMessage(),
                "Correct the @EventReceiver methods of the group, the record of their data, or carillon.consumer.",
                reason);
    }

    private void awaitStart() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        try {
            for (Running each : running) {
                each.awaitStart(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Running each : running) {
            Throwable failure = each.failure;
            if (failure != null) {
                stop();
                if (failure instanceof IllegalArgumentException reason) {
                    throw refused(each.consumer.topics(), each.consumer.group(), reason);
                }
                throw failure instanceof RuntimeException other ? other : new IllegalStateException(failure);
            }
        }
    }

    /** Stops the consumers: messages that were read are delivered, at most for {@code carillon.consumer.drain-timeout}. */
    @Override
    public synchronized void stop() {
        running.forEach(each -> each.consumer.stop());
        running.forEach(each -> each.consumer.close());
        running.clear();
    }

    /** Whether consumers were started, and not stopped. One of them may have ended: see {@link #failure}. */
    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** The consumers that were started. */
    public synchronized List<EventConsumer> all() {
        return running.stream().map(each -> each.consumer).toList();
    }

    /** The consumer of a group; empty when there is none. */
    public synchronized Optional<EventConsumer> ofGroup(String group) {
        return all().stream().filter(each -> each.group().equals(group)).findFirst();
    }

    /** The topics that a group of the application reads, without prefix; empty when there is no such group. */
    public Collection<String> topics(String group) {
        return registry.topicsByGroup().getOrDefault(group, Set.of());
    }

    /** Whether settings keep this consumer from consuming: {@code …_CONSUMERS_ENABLED} is false. */
    synchronized boolean isDisabled(EventConsumer consumer) {
        return running.stream().anyMatch(each -> each.consumer == consumer && each.reason == StopReason.DISABLED);
    }

    /** Why this consumer has ended; empty while it runs, and when it ended without a failure. */
    public synchronized Optional<Throwable> failure(EventConsumer consumer) {
        return running.stream()
                .filter(each -> each.consumer == consumer)
                .findFirst()
                .map(each -> each.failure);
    }
}
