package dev.carillon.bus.consumer;

import dev.carillon.bus.internal.KeyPath;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a consumer reads and delivers. Immutable: each {@code with…} returns a copy, and throws an {@link IllegalArgumentException}
 * that names the option, its value and what it must be.
 */
public final class ConsumerOptions {

    public static final BooleanSupplier ALWAYS_HEALTHY = () -> true;

    private static final Duration MAX_DRAIN_TIMEOUT = Duration.ofDays(365);
    private static final ConsumerOptions DEFAULTS = new ConsumerOptions(new Values());

    private final Values values;

    private ConsumerOptions(Values values) {
        atLeast("concurrency", values.concurrency, 1);
        atLeast("batchSize", values.batchSize, 1);
        atLeast("maxInFlight", values.maxInFlight, 1);
        atLeast("maxDeferred", values.maxDeferred, 1);
        atLeast("maxInFlightBytes", values.maxInFlightBytes, 1);
        atLeast("maxEvents", values.maxEvents, 0);
        if (values.drainTimeout.isNegative() || values.drainTimeout.compareTo(MAX_DRAIN_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "drainTimeout must be from PT0S to " + MAX_DRAIN_TIMEOUT + ", but was " + values.drainTimeout);
        }
        if (values.consumerName != null && values.consumerName.isBlank()) {
            throw new IllegalArgumentException("consumerName must not be blank");
        }
        if (values.healthCheckInterval.isNegative() || values.healthCheckInterval.isZero()) {
            throw new IllegalArgumentException(
                    "healthCheckInterval must be more than PT0S, but was " + values.healthCheckInterval);
        }
        this.values = values;
    }

    private static void atLeast(String option, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(option + " must be at least " + min + ", but was " + value);
        }
    }

    /** 8 workers, a new group starts at the latest message, 5 attempts and then a dead letter, 30 s to drain. */
    public static ConsumerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The number of workers, which deliver events in parallel. Events with the same key stay in order; with 1, all events do.
     */
    public int concurrency() {
        return values.concurrency;
    }

    /** With another {@link #concurrency()}. */
    public ConsumerOptions withConcurrency(int concurrency) {
        return with(copy -> copy.concurrency = concurrency);
    }

    /** The maximum number of messages that one poll requests. */
    public int batchSize() {
        return values.batchSize;
    }

    /** With another {@link #batchSize()}. */
    public ConsumerOptions withBatchSize(int batchSize) {
        return with(copy -> copy.batchSize = batchSize);
    }

    /** The maximum number of messages in flight: in memory, read but not acknowledged. */
    public int maxInFlight() {
        return values.maxInFlight;
    }

    /** With another {@link #maxInFlight()}. */
    public ConsumerOptions withMaxInFlight(int maxInFlight) {
        return with(copy -> copy.maxInFlight = maxInFlight);
    }

    /**
     * The maximum number of messages that are deferred: read and not acknowledged, but without their data in memory. They wait
     * behind an event with the same key that is retried, or they are finished and wait for an earlier message that is not, when
     * the broker stores a single position. While there are more, the consumer does not poll.
     */
    public int maxDeferred() {
        return values.maxDeferred;
    }

    /** With another {@link #maxDeferred()}. */
    public ConsumerOptions withMaxDeferred(int maxDeferred) {
        return with(copy -> copy.maxDeferred = maxDeferred);
    }

    /** The consumer does not poll while the data of the messages in memory reach this size, in bytes. */
    public long maxInFlightBytes() {
        return values.maxInFlightBytes;
    }

    /** With another {@link #maxInFlightBytes()}. */
    public ConsumerOptions withMaxInFlightBytes(long maxInFlightBytes) {
        return with(copy -> copy.maxInFlightBytes = maxInFlightBytes);
    }

    /** Where a new group starts; an existing group keeps its position. */
    public StartAt startAt() {
        return values.startAt;
    }

    /** With another {@link #startAt()}. */
    public ConsumerOptions withStartAt(StartAt startAt) {
        return with(copy -> copy.startAt = startAt);
    }

    /**
     * The number of delivered events after which the consumer ends; 0 for never. It reads no more than this number, even while
     * some of them wait for a retry.
     */
    public long maxEvents() {
        return values.maxEvents;
    }

    /** With another {@link #maxEvents()}. */
    public ConsumerOptions withMaxEvents(long maxEvents) {
        return with(copy -> copy.maxEvents = maxEvents);
    }

    /** How long stopping waits for running receivers; at most 365 days. */
    public Duration drainTimeout() {
        return values.drainTimeout;
    }

    /** With another {@link #drainTimeout()}. */
    public ConsumerOptions withDrainTimeout(Duration drainTimeout) {
        return with(copy -> copy.drainTimeout = drainTimeout);
    }

    /** This member's name in the group; null for a name that the transport chooses. */
    public @Nullable String consumerName() {
        return values.consumerName;
    }

    /** With another {@link #consumerName()}. */
    public ConsumerOptions withConsumerName(String consumerName) {
        return with(copy -> copy.consumerName = consumerName);
    }

    /** Further options of the transport, as in the Python command's {@code --extra}. */
    public Map<String, Object> extra() {
        return values.extra;
    }

    /** With another {@link #extra()}. */
    public ConsumerOptions withExtra(Map<String, Object> extra) {
        return with(copy -> copy.extra = Map.copyOf(extra));
    }

    /**
     * The dotted path of the event's key by event type, for event types that differ from {@code EVENT_BUS_PRODUCER_CONFIG}. An
     * event type without a key keeps the order of its topic.
     */
    public Map<String, String> keyFields() {
        return values.keyFields;
    }

    /**
     * With this dotted path, such as {@code certificate.user.id}, as the key of one event type.
     *
     * @throws IllegalArgumentException when the event has no such field
     */
    public ConsumerOptions withKeyField(Signal<?> signal, String keyField) {
        KeyPath.of(signal, keyField);
        return with(copy -> copy.keyFields = plus(copy.keyFields, signal, keyField));
    }

    /** How often an event is retried after a receiver failed. */
    public RetryPolicy retries() {
        return values.retries;
    }

    /** With another {@link #retries()}. */
    public ConsumerOptions withRetries(RetryPolicy retries) {
        return with(copy -> copy.retries = retries);
    }

    /** The retry policy for events of this type. */
    public RetryPolicy retries(String eventType) {
        return values.retriesByType.getOrDefault(eventType, values.retries);
    }

    /** The retry policies by event type, for event types that differ from {@link #retries()}. */
    public Map<String, RetryPolicy> retriesByType() {
        return values.retriesByType;
    }

    /** With another retry policy for one event type. */
    public ConsumerOptions withRetries(Signal<?> signal, RetryPolicy retries) {
        return with(copy -> copy.retriesByType = plus(copy.retriesByType, signal, retries));
    }

    /** What happens to an event after the final failure of a receiver. */
    public FailurePolicy failurePolicy() {
        return values.failurePolicy;
    }

    /** With another {@link #failurePolicy()}. */
    public ConsumerOptions withFailurePolicy(FailurePolicy failurePolicy) {
        return with(copy -> copy.failurePolicy = failurePolicy);
    }

    /**
     * Whether the receivers can work, for example because their database is available. While it returns false, nothing is
     * delivered and no attempt counts. Called in a separate thread; a call that takes longer than five seconds counts as false.
     */
    public BooleanSupplier healthCheck() {
        return values.healthCheck;
    }

    /** With a health check that stops delivery while it returns false, called at least once per interval. */
    public ConsumerOptions withHealthCheck(BooleanSupplier healthCheck, Duration interval) {
        return with(copy -> {
            copy.healthCheck = healthCheck;
            copy.healthCheckInterval = interval;
        });
    }

    /** The maximum time between two calls of the health check. */
    public Duration healthCheckInterval() {
        return values.healthCheckInterval;
    }

    /** The listener that is notified of losses and moves of the group. */
    public ConsumerListener listener() {
        return values.listener;
    }

    /** With another {@link #listener()}. */
    public ConsumerOptions withListener(ConsumerListener listener) {
        return with(copy -> copy.listener = listener);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, Signal<?> signal, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(signal.eventType(), value);
        return Map.copyOf(more);
    }

    private ConsumerOptions with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new ConsumerOptions(copy);
    }

    /** Modified only before it becomes part of options. */
    private static final class Values implements Cloneable {
        private int concurrency = 8;
        private int batchSize = 500;
        private int maxInFlight = 2_000;
        private int maxDeferred = 100_000;
        private long maxInFlightBytes = 64L << 20;
        private StartAt startAt = StartAt.latest();
        private long maxEvents = 0;
        private Duration drainTimeout = Duration.ofSeconds(30);
        private @Nullable String consumerName = null;
        private Map<String, Object> extra = Map.of();
        private Map<String, String> keyFields = Map.of();
        private RetryPolicy retries = RetryPolicy.defaults();
        private Map<String, RetryPolicy> retriesByType = Map.of();
        private FailurePolicy failurePolicy = FailurePolicy.deadLetters();
        private BooleanSupplier healthCheck = ALWAYS_HEALTHY;
        private Duration healthCheckInterval = Duration.ofSeconds(1);
        private ConsumerListener listener = incident -> {};

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
