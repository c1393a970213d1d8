package dev.carillon.bus.jdbc;

import java.time.Duration;

/**
 * How a relay works. Immutable and thread-safe: each {@code with…} returns a copy. Start from {@link #defaults()}:
 *
 * <pre>{@code
 * RelayOptions.defaults().withBatchSize(1_000).withOnUnpublishable(OnUnpublishable.BLOCK)
 * }</pre>
 */
public final class RelayOptions {

    private static final int MAX_BATCH_SIZE = 5_000;
    private static final Duration MAX_RETENTION = Duration.ofDays(36_500);
    private static final RelayOptions DEFAULTS = new RelayOptions(
            Duration.ofMillis(100), 500, Duration.ofSeconds(3), Duration.ofDays(7), OnUnpublishable.SKIP);

    private final Duration pollInterval;
    private final int batchSize;
    private final Duration lease;
    private final Duration retention;
    private final OnUnpublishable onUnpublishable;

    private RelayOptions(
            Duration pollInterval, int batchSize, Duration lease, Duration retention, OnUnpublishable onUnpublishable) {
        this.pollInterval = checked("pollInterval", pollInterval, Duration.ofMillis(1), Duration.ofHours(1));
        this.batchSize = checked("batchSize", batchSize, 1, MAX_BATCH_SIZE);
        this.lease = checked("lease", lease, Duration.ofMillis(100), Duration.ofHours(1));
        this.retention = checked("retention", retention, Duration.ZERO, MAX_RETENTION);
        this.onUnpublishable = onUnpublishable;
    }

    private static <T extends Comparable<T>> T checked(String option, T value, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(option + " must be from " + min + " to " + max + ", but was " + value);
        }
        return value;
    }

    /** Polls every 100 ms, batches of 500 events, a lease of 3 s, a retention of 7 days, {@link OnUnpublishable#SKIP}. */
    public static RelayOptions defaults() {
        return DEFAULTS;
    }

    /**
     * How often the relay polls the table when it has nothing to publish; from 1 ms to 1 h.
     *
     * @throws IllegalArgumentException when it is out of this range
     */
    public RelayOptions withPollInterval(Duration pollInterval) {
        return new RelayOptions(pollInterval, batchSize, lease, retention, onUnpublishable);
    }

    /**
     * How many events are in memory and in flight, at most; from 1 to 5,000.
     *
     * @throws IllegalArgumentException when it is out of this range
     */
    public RelayOptions withBatchSize(int batchSize) {
        return new RelayOptions(pollInterval, batchSize, lease, retention, onUnpublishable);
    }

    /**
     * How long the other relays wait before they replace one that has died or hangs; from 100 ms to 1 h.
     *
     * @throws IllegalArgumentException when it is out of this range
     */
    public RelayOptions withLease(Duration lease) {
        return new RelayOptions(pollInterval, batchSize, lease, retention, onUnpublishable);
    }

    /**
     * How long events stay in the table after they were published or discarded; from 0 to 100 years.
     *
     * @throws IllegalArgumentException when it is out of this range
     */
    public RelayOptions withRetention(Duration retention) {
        return new RelayOptions(pollInterval, batchSize, lease, retention, onUnpublishable);
    }

    /** What happens to the events behind one that cannot be published. */
    public RelayOptions withOnUnpublishable(OnUnpublishable onUnpublishable) {
        return new RelayOptions(pollInterval, batchSize, lease, retention, onUnpublishable);
    }

    /** See {@link #withPollInterval}. */
    public Duration pollInterval() {
        return pollInterval;
    }

    /** See {@link #withBatchSize}. */
    public int batchSize() {
        return batchSize;
    }

    /** See {@link #withLease}. */
    public Duration lease() {
        return lease;
    }

    /** See {@link #withRetention}. */
    public Duration retention() {
        return retention;
    }

    /** See {@link #withOnUnpublishable}. */
    public OnUnpublishable onUnpublishable() {
        return onUnpublishable;
    }

    /** All options, for logs. */
    @Override
    public String toString() {
        return "RelayOptions[pollInterval=" + pollInterval + ", batchSize=" + batchSize + ", lease=" + lease
                + ", retention=" + retention + ", onUnpublishable=" + onUnpublishable + "]";
    }
}
