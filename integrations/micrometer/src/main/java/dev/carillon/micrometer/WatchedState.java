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
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
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
    private final List<EventConsumer> consumers = new CopyOnWriteArrayList<>();
    private final Map<OutboxRelay, OutboxStatus> outboxes = new ConcurrentHashMap<>();
    private final List<OutboxRelay> relays = new CopyOnWriteArrayList<>();
    private final MultiGauge lag;
    private final MultiGauge oldest;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "carillon-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private boolean refreshing;

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
        consumers.add(consumer);
        counter(MeterNames.RECEIVED, consumer, ConsumerCounts::received);
        counter(MeterNames.DELIVERED, consumer, ConsumerCounts::delivered);
        counter(MeterNames.FAILED, consumer, ConsumerCounts::failed);
        counter(MeterNames.RETRIED, consumer, ConsumerCounts::retried);
        counter(MeterNames.DEAD_LETTERED, consumer, ConsumerCounts::deadLettered);
        counter(MeterNames.UNDECODABLE, consumer, ConsumerCounts::undecodable);
        counter(MeterNames.UNKNOWN_TYPE, consumer, ConsumerCounts::unknownType);
        counter(MeterNames.WITHOUT_RECEIVER, consumer, ConsumerCounts::withoutReceiver);
        counter(MeterNames.ACKNOWLEDGED, consumer, ConsumerCounts::acknowledged);
        counter(MeterNames.BROKER_ERRORS, consumer, ConsumerCounts::brokerErrors);
        counter(MeterNames.INCIDENTS, consumer, ConsumerCounts::incidents);
        counter(MeterNames.LOST, consumer, ConsumerCounts::lost);
        flag(MeterNames.LIVE, consumer, health -> health.isLive(now()));
        flag(MeterNames.READY, consumer, health -> health.isReady(now()));
        gauge(MeterNames.BLOCKED, consumer, health -> health.blocked().size());
        gauge(MeterNames.DEFERRED, consumer, ConsumerHealth::deferredMessages);
        gauge(MeterNames.BUSY_WORKERS, consumer, health -> health.busyWorkers().size());
        beginToRefresh();
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

    private void counter(MeterNames name, EventConsumer consumer, ToLongFunction<ConsumerCounts> value) {
        FunctionCounter.builder(name.meter(), consumer, each -> value.applyAsLong(each.counts()))
                .description(name.description())
                .tags(tags(consumer))
                .register(registry);
    }

    private void flag(MeterNames name, EventConsumer consumer, Predicate<ConsumerHealth> value) {
        gauge(name, consumer, health -> value.test(health) ? 1 : 0);
    }

    private void gauge(MeterNames name, EventConsumer consumer, ToDoubleFunction<ConsumerHealth> value) {
        Gauge.builder(name.meter(), consumer, each -> value.applyAsDouble(each.health()))
                .description(name.description())
                .tags(tags(consumer))
                .register(registry);
    }

    void add(OutboxRelay relay) {
        relays.add(relay);
        gauge(MeterNames.OUTBOX_WAITING, relay, OutboxStatus::waiting);
        gauge(MeterNames.OUTBOX_BLOCKED, relay, OutboxStatus::blocked);
        gauge(MeterNames.OUTBOX_DEAD_LETTERED, relay, OutboxStatus::deadLettered);
        gauge(MeterNames.OUTBOX_ACTIVE, relay, status -> status.active() ? 1 : 0);
        TimeGauge.builder(
                        MeterNames.OUTBOX_OLDEST_AGE.meter(),
                        relay,
                        TimeUnit.MILLISECONDS,
                        each -> read(
                                each,
                                status ->
                                        status.oldestAge().orElse(Duration.ZERO).toMillis()))
                .description(MeterNames.OUTBOX_OLDEST_AGE.description())
                .register(registry);
        beginToRefresh();
    }

    private void gauge(MeterNames name, OutboxRelay relay, ToDoubleFunction<OutboxStatus> value) {
        Gauge.builder(name.meter(), relay, each -> read(each, value))
                .description(name.description())
                .register(registry);
    }

    /** Not a number until the database has responded. */
    private double read(OutboxRelay relay, ToDoubleFunction<OutboxStatus> value) {
        OutboxStatus status = outboxes.get(relay);
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
            relays.forEach(this::refresh);
        } catch (RuntimeException | Error e) { // otherwise, it would not be repeated
            LOG.warn("Metrics of the event bus could not be read: {}", e.getMessage());
        }
    }

    /** What the broker does not report leaves no row: an unknown lag must not look like none. */
    private void refreshLag() {
        List<MultiGauge.Row<?>> lags = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (EventConsumer consumer : consumers) {
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
