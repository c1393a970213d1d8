package dev.carillon.micrometer;

import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.interceptor.EventInterceptor;
import dev.carillon.bus.jdbc.Inbox;
import dev.carillon.bus.jdbc.OutboxRelay;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Response;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of an event bus. Names follow OpenTelemetry's messaging conventions where there is one; {@code docs/monitoring.md}
 * lists all of them.
 *
 * <pre>{@code
 * EventMetrics metrics = EventMetrics.of(registry);
 * EventBus bus = EventBus.builder(settings, events).intercept(metrics).open();
 * metrics.watch(bus.consumer("learning-certificate-lifecycle", "badges")).start();
 * }</pre>
 *
 * <p>Closing stops the thread that asks for lag and outbox; the meters stay in the registry. Thread-safe.
 */
public final class EventMetrics implements EventInterceptor, AutoCloseable {

    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(15);
    private static final String NO_ERROR = "none";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<TimerId, Timer> timers = new ConcurrentHashMap<>();
    private final WatchedState watched;

    private record TimerId(MeterNames name, List<String> values) {}

    private EventMetrics(MeterRegistry registry, Clock clock, Duration refreshInterval) {
        this.registry = registry;
        this.clock = clock;
        this.watched = new WatchedState(registry, refreshInterval);
    }

    /** Metrics in this registry. Lag and outbox are read every 15 seconds. */
    public static EventMetrics of(MeterRegistry registry) {
        return of(registry, REFRESH_INTERVAL);
    }

    /** Metrics in this registry; lag and outbox are read from broker and database in this interval. */
    public static EventMetrics of(MeterRegistry registry, Duration refreshInterval) {
        return new EventMetrics(registry, Clock.systemUTC(), refreshInterval);
    }

    /**
     * Adds the counts, the health and the lag of a consumer.
     *
     * @return the consumer
     */
    public EventConsumer watch(EventConsumer consumer) {
        watched.add(consumer);
        return consumer;
    }

    /**
     * Adds the depth and age of the outbox that this relay publishes.
     *
     * @return the relay
     */
    public OutboxRelay watch(OutboxRelay relay) {
        watched.add(relay);
        return relay;
    }

    /**
     * Adds the number of duplicates that an inbox has skipped.
     *
     * @param group the group of the inbox
     * @return the inbox
     */
    public Inbox watch(Inbox inbox, String group) {
        watched.add(inbox, group);
        return inbox;
    }

    @Override
    public DeliveryScope delivering(DeliveryAttempt attempt) {
        long start = System.nanoTime();
        return new DeliveryScope() {
            @Override
            public void ended(DeliveryResult result) {
                delivered(attempt, result, System.nanoTime() - start);
            }
        };
    }

    private void delivered(DeliveryAttempt attempt, DeliveryResult result, long nanos) {
        EventMetadata metadata = attempt.event().metadata();
        String outcome = result.outcome().name().toLowerCase(Locale.ROOT);
        timer(MeterNames.PROCESS_DURATION, attempt.topic(), attempt.group(), metadata.eventType(), outcome)
                .record(Duration.ofNanos(nanos));
        for (Response response : result.responses()) {
            timer(
                            MeterNames.RECEIVER_DURATION,
                            attempt.topic(),
                            attempt.group(),
                            metadata.eventType(),
                            response.receiverName(),
                            errorType(response.failure()))
                    .record(response.duration());
        }
        if (result.outcome() == Outcome.DELIVERED) {
            Duration age = Duration.between(metadata.time(), clock.instant());
            timer(MeterNames.EVENT_AGE, attempt.topic(), attempt.group(), metadata.eventType())
                    .record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    @Override
    public SendScope sending(OutgoingEvent event) {
        long start = System.nanoTime();
        return new SendScope() {
            @Override
            public void ended(@Nullable Throwable failure) {
                Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
                timer(
                                MeterNames.SEND_DURATION,
                                event.topic(),
                                event.metadata().eventType(),
                                event.route().name().toLowerCase(Locale.ROOT),
                                errorType(cause))
                        .record(Duration.ofNanos(System.nanoTime() - start));
            }
        };
    }

    private static String errorType(@Nullable Throwable failure) {
        return failure == null ? NO_ERROR : failure.getClass().getName();
    }

    private Timer timer(MeterNames name, String... values) {
        return timers.computeIfAbsent(new TimerId(name, List.of(values)), this::register);
    }

    private Timer register(TimerId id) {
        Tags tags = Tags.empty();
        for (int i = 0; i < id.values().size(); i++) {
            tags = tags.and(Tag.of(id.name().tags().get(i), id.values().get(i)));
        }
        return Timer.builder(id.name().meter())
                .description(id.name().description())
                .tags(tags)
                .register(registry);
    }

    /** Stops reading lag and outbox. */
    @Override
    public void close() {
        watched.close();
    }
}
