package dev.carillon.micrometer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.consumer.ConsumerCounts;
import dev.carillon.bus.consumer.ConsumerHealth;
import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.bus.jdbc.OutboxStatus;
import dev.carillon.bus.transport.GroupState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of state: what consumers count and report is read when the registry asks; what broker and database know is read in an interval,
 * by a thread of its own. Thread-safe.
 */
final class WatchedState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventMetrics.class);

    private final MeterRegistry registry;
    private final Duration interval;
    private final Map<Tags, Members> members = new ConcurrentHashMap<>();
    private final Map<OutboxRelay, OutboxStatus> outboxes = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable OutboxRelay> relay = new AtomicReference<>();
    private final MultiGauge lag;
    private final MultiGauge oldest;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "carillon-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private boolean refreshing;

    /**
     * The consumers with the same topics and group, which share their meters: an application that is stopped and started again creates
     * a new one.
     */
    private static final class Members {
        private final List<EventConsumer> all = new CopyOnWriteArrayList<>();
        private volatile EventConsumer newest;

        Members(EventConsumer first) {
            newest = first;
        }

        void add(EventConsumer consumer) {
            all.add(consumer);
            newest = consumer;
        }

        /** Of all of them: a counter never decreases. */
        long sum(ToLongFunction<ConsumerCounts> value) {
            return all.stream()
                    .mapToLong(each -> value.applyAsLong(each.counts()))
                    .sum();
        }
    }

    WatchedState(MeterRegistry registry, Duration interval) {
        this.registry = registry;
        this.interval = interval;
        this.lag = MultiGauge.builder(MeterNames.LAG.meter())
                .description(MeterNames.LAG.description())
                .register(registry);
        this.oldest = MultiGauge.builder(MeterNames.OLDEST_AGE.meter())
                .description(MeterNames.OLDEST_AGE.description())
                .baseUnit("seconds")
                .register(registry);
    }

    void add(EventConsumer consumer) {
        Tags tags = tags(consumer);
        Members known = members.computeIfAbsent(tags, absent -> new Members(consumer));
        known.add(consumer);
        meters(known, tags);
        beginToRefresh();
    }

    /** Does nothing for meters that exist. */
    private void meters(Members consumer, Tags tags) {
        counter(MeterNames.RECEIVED, consumer, tags, ConsumerCounts::received);
        counter(MeterNames.DELIVERED, consumer, tags, ConsumerCounts::delivered);
        counter(MeterNames.FAILED, consumer, tags, ConsumerCounts::failed);
        counter(MeterNames.RETRIED, consumer, tags, ConsumerCounts::retried);
        counter(MeterNames.DEAD_LETTERED, consumer, tags, ConsumerCounts::deadLettered);
        counter(MeterNames.UNDECODABLE, consumer, tags, ConsumerCounts::undecodable);
        counter(MeterNames.UNKNOWN_TYPE, consumer, tags, ConsumerCounts::unknownType);
        counter(MeterNames.WITHOUT_RECEIVER, consumer, tags, ConsumerCounts::withoutReceiver);
        counter(MeterNames.ACKNOWLEDGED, consumer, tags, ConsumerCounts::acknowledged);
        counter(MeterNames.BROKER_ERRORS, consumer, tags, ConsumerCounts::brokerErrors);
        counter(MeterNames.INCIDENTS, consumer, tags, ConsumerCounts::incidents);
        counter(MeterNames.LOST, consumer, tags, ConsumerCounts::lost);
        flag(MeterNames.LIVE, consumer, tags, health -> health.isLive(now()));
        flag(MeterNames.READY, consumer, tags, health -> health.isReady(now()));
        gauge(MeterNames.BLOCKED, consumer, tags, health -> health.blocked().size());
        gauge(MeterNames.DEFERRED, consumer, tags, ConsumerHealth::deferredMessages);
        gauge(
                MeterNames.BUSY_WORKERS,
                consumer,
                tags,
                health -> health.busyWorkers().size());
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private static Tags tags(EventConsumer consumer) {
        return Tags.of(
                MeterNames.RECEIVED.tags().get(0),
                String.join(",", consumer.topics()),
                MeterNames.RECEIVED.tags().get(1),
                consumer.group());
    }

    private void counter(MeterNames name, Members members, Tags tags, ToLongFunction<ConsumerCounts> value) {
        FunctionCounter.builder(name.meter(), members, all -> all.sum(value))
                .description(name.description())
                .tags(tags)
                .register(registry);
    }

    private void flag(MeterNames name, Members members, Tags tags, Predicate<ConsumerHealth> value) {
        gauge(name, members, tags, health -> value.test(health) ? 1 : 0);
    }

    private void gauge(MeterNames name, Members members, Tags tags, ToDoubleFunction<ConsumerHealth> value) {
        Gauge.builder(name.meter(), members, all -> value.applyAsDouble(all.newest.health()))
                .description(name.description())
                .tags(tags)
                .register(registry);
    }

    /** The meters have no tags: they show the newest relay, as after an application was stopped and started again. */
    void add(OutboxRelay added) {
        OutboxRelay before = relay.getAndSet(added);
        if (before != null) {
            outboxes.remove(before);
        }
        outboxGauge(MeterNames.OUTBOX_WAITING, OutboxStatus::waiting);
        outboxGauge(MeterNames.OUTBOX_BLOCKED, OutboxStatus::blocked);
        outboxGauge(MeterNames.OUTBOX_DEAD_LETTERED, OutboxStatus::deadLettered);
        outboxGauge(MeterNames.OUTBOX_ACTIVE, status -> status.active() ? 1 : 0);
        TimeGauge.builder(
                        MeterNames.OUTBOX_OLDEST_AGE.meter(),
                        this,
                        TimeUnit.MILLISECONDS,
                        state -> state.read(status ->
                                status.oldestAge().orElse(Duration.ZERO).toMillis()))
                .description(MeterNames.OUTBOX_OLDEST_AGE.description())
                .register(registry);
        beginToRefresh();
    }

    private void outboxGauge(MeterNames name, ToDoubleFunction<OutboxStatus> value) {
        Gauge.builder(name.meter(), this, state -> state.read(value))
                .description(name.description())
                .register(registry);
    }

    /** Not a number until the database has responded. */
    private double read(ToDoubleFunction<OutboxStatus> value) {
        OutboxRelay newest = relay.get();
        OutboxStatus status = newest == null ? null : outboxes.get(newest);
        return status == null ? Double.NaN : value.applyAsDouble(status);
    }

    void add(Inbox inbox, String group) {
        FunctionCounter.builder(MeterNames.DUPLICATES.meter(), inbox, Inbox::duplicates)
                .description(MeterNames.DUPLICATES.description())
                .tags(MeterNames.DUPLICATES.tags().get(0), group)
                .register(registry);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // refresh() catches what would complete it
    private synchronized void beginToRefresh() {
        if (!refreshing) {
            refreshing = true;
            refresher.scheduleWithFixedDelay(this::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void refresh() {
        try {
            refreshLag();
            OutboxRelay newest = relay.get();
            if (newest != null) {
                refresh(newest);
            }
        } catch (RuntimeException | Error e) { // otherwise, it would not be repeated
            LOG.warn("Metrics of the event bus could not be read: {}", e.getMessage());
        }
    }

    /** What the broker does not report leaves no row: an unknown lag must not look like none. */
    private void refreshLag() {
        List<MultiGauge.Row<?>> lags = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (Members each : members.values()) {
            EventConsumer consumer = each.newest;
            try {
                for (GroupState state : consumer.groupStates()) {
                    Tags tags = Tags.of(
                            MeterNames.LAG.tags().get(0),
                            state.topic(),
                            MeterNames.LAG.tags().get(1),
                            state.group());
                    state.lag()
                            .ifPresent(count -> lags.add(MultiGauge.Row.of(
                                    tags, (double) count + state.pending().orElse(0))));
                    state.oldest()
                            .or(() -> state.lag().equals(OptionalLong.of(0))
                                    ? Optional.of(Duration.ZERO)
                                    : Optional.empty())
                            .ifPresent(age -> ages.add(MultiGauge.Row.of(tags, age.toMillis() / 1_000.0)));
                }
            } catch (RuntimeException e) {
                LOG.debug("Lag of group {} could not be read", consumer.group(), e);
            }
        }
        lag.register(lags, true);
        oldest.register(ages, true);
    }

    private void refresh(OutboxRelay relay) {
        try {
            outboxes.put(relay, relay.status());
        } catch (RuntimeException e) {
            outboxes.remove(relay);
            LOG.debug("Outbox could not be read", e);
        }
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
