package dev.carillon.bus.jdbc;

import java.time.Duration;

/**
 * How a relay works. Immutable: each {@code with…} answers a copy.
 *
 * @param pollInterval how long it waits when nothing waits to be published
 * @param batchSize at most this many events are in memory and under way
 * @param lease how long a relay that is not heard of keeps the others standing by; from 100 ms on
 * @param keepPublished how long events stay in the table after they were published or discarded
 * @param onUnpublishable what becomes of those behind an event that cannot be published
 */
public record RelayOptions(
        Duration pollInterval, int batchSize, Duration lease, Duration keepPublished, OnUnpublishable onUnpublishable) {

    private static final int MAX_BATCH = 5_000;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final RelayOptions DEFAULTS = new RelayOptions(
            Duration.ofMillis(100), 500, Duration.ofSeconds(3), Duration.ofDays(7), OnUnpublishable.SKIP);

    /**
     * Checks each option.
     *
     * @throws IllegalArgumentException naming the option, its value and what it must be
     */
    public RelayOptions {
        between("pollInterval", pollInterval, Duration.ofMillis(1), Duration.ofHours(1));
        between("batchSize", batchSize, 1, MAX_BATCH);
        between("lease", lease, Duration.ofMillis(100), Duration.ofHours(1));
        between("keepPublished", keepPublished, Duration.ZERO, LONGEST);
    }

    private static <T extends Comparable<T>> void between(String option, T value, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(option + " must be from " + min + " to " + max + ", but was " + value);
        }
    }

    /** Asks every 100 ms, 500 events at once, a lease of 3 s, keeps for 7 days, skips what cannot be published. */
    public static RelayOptions defaults() {
        return DEFAULTS;
    }

    /** These options, with so long a wait when there is nothing to do. */
    public RelayOptions withPollInterval(Duration pollInterval) {
        return new RelayOptions(pollInterval, batchSize, lease, keepPublished, onUnpublishable);
    }

    /** These options, with so many events at once. */
    public RelayOptions withBatchSize(int batchSize) {
        return new RelayOptions(pollInterval, batchSize, lease, keepPublished, onUnpublishable);
    }

    /** These options, with another lease. */
    public RelayOptions withLease(Duration lease) {
        return new RelayOptions(pollInterval, batchSize, lease, keepPublished, onUnpublishable);
    }

    /** These options, with published events kept so long. */
    public RelayOptions withKeepPublished(Duration keepPublished) {
        return new RelayOptions(pollInterval, batchSize, lease, keepPublished, onUnpublishable);
    }

    /** These options, with another fate for those behind an event that cannot be published. */
    public RelayOptions withOnUnpublishable(OnUnpublishable onUnpublishable) {
        return new RelayOptions(pollInterval, batchSize, lease, keepPublished, onUnpublishable);
    }
}
