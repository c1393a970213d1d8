package dev.carillon.spring.test;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.interceptor.EventInterceptor.DeliveryResult;
import dev.carillon.bus.interceptor.EventInterceptor.Outcome;
import dev.carillon.bus.internal.consumer.Delivery;
import dev.carillon.bus.memory.MemoryBroker;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Events;
import dev.carillon.events.Response;
import dev.carillon.events.Signal;
import dev.carillon.events.Subscription;
import dev.carillon.spring.EventConsumers;
import dev.carillon.testkit.EventRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Another service on the same broker, as which a test sends events to the application. The data go over the wire and come back as in
 * production. Thread-safe.
 */
public final class OtherService implements AutoCloseable {

    private final Settings settings;
    private final Events application;
    private final @Nullable MemoryBroker memory;
    private final ObjectProvider<EventConsumers> consumers;
    private final Deliveries deliveries;
    private final Events events;
    private volatile Duration timeout = Duration.ofSeconds(10);
    private @Nullable EventBus bus;

    OtherService(
            Settings settings,
            Events application,
            @Nullable MemoryBroker memory,
            ObjectProvider<EventConsumers> consumers,
            Deliveries deliveries) {
        this.settings = settings;
        this.application = application;
        this.memory = memory;
        this.consumers = consumers;
        this.deliveries = deliveries;
        this.events = Events.builder()
                .serviceName("other-service")
                .signals(application.signals())
                .build();
    }

    /** Sets how long {@code send} waits for the broker, and {@code deliver} for the receivers; ten seconds by default. */
    public OtherService timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Sends an event, and returns when the broker has acknowledged it.
     *
     * @param topic the topic, without prefix
     * @param keyField the dotted path of the event's key, such as {@code loan.isbn}
     * @return the metadata of the event
     * @throws AssertionError when the broker does not acknowledge it in time
     */
    public <T> EventMetadata send(Signal<T> signal, String topic, String keyField, T data) {
        EventMetadata metadata = events.newMetadata(signal);
        send(signal, topic, keyField, data, metadata);
        return metadata;
    }

    /**
     * Sends the event that has these data, as {@link #send(Signal, String, String, Object)} does.
     *
     * @throws IllegalArgumentException when the application knows no event with data of this class, or several
     */
    public EventMetadata send(String topic, String keyField, Object data) {
        return send(signalOf(data), topic, keyField, data);
    }

    /**
     * Sends an event, and returns when the receivers of the application have handled it.
     *
     * @param topic a topic that the application reads, without prefix
     * @param keyField the dotted path of the event's key, such as {@code loan.isbn}
     * @return the metadata of the event
     * @throws AssertionError when a receiver fails at every attempt, with its exception as the cause; and when the event is not
     *     delivered in time
     * @throws IllegalArgumentException when the application does not read the topic or has no receiver of the event
     */
    public <T> EventMetadata deliver(Signal<T> signal, String topic, String keyField, T data) {
        EventMetadata metadata = events.newMetadata(signal);
        deliver(signal, topic, keyField, data, metadata);
        return metadata;
    }

    /**
     * Delivers the event that has these data, as {@link #deliver(Signal, String, String, Object)} does.
     *
     * @throws IllegalArgumentException when the application knows no event with data of this class, or several
     */
    public EventMetadata deliver(String topic, String keyField, Object data) {
        return deliver(signalOf(data), topic, keyField, data);
    }

    /**
     * Delivers an event with this metadata, as {@link #deliver(Signal, String, String, Object)} does: with the metadata of an earlier
     * event, it is delivered a second time, as after a crash.
     */
    public <T> void deliver(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        requireReceived(signal, topic);
        CompletableFuture<DeliveryResult> ended = deliveries.next(metadata.id());
        try {
            send(signal, topic, keyField, data, metadata);
            DeliveryResult result = await(ended, signal.eventType() + " was not handled");
            if (result.outcome() == Outcome.FAILED) {
                throw failed(signal, result);
            }
        } finally {
            deliveries.forget(metadata.id());
        }
    }

    private <T> void send(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        await(
                bus().producer().send(signal, topic, keyField, data, metadata),
                signal.eventType() + " was not acknowledged by the broker");
    }

    @SuppressWarnings("unchecked") // the data are of the signal's class
    private Signal<Object> signalOf(Object data) {
        List<Signal<?>> found = application.signals().all().stream()
                .<Signal<?>>map(signal -> signal)
                .filter(signal -> signal.dataClass() == data.getClass())
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("The application knows " + found.size() + " events with data of "
                    + data.getClass().getName() + ": name the signal");
        }
        return (Signal<Object>) found.get(0);
    }

    private void requireReceived(Signal<?> signal, String topic) {
        Set<String> read = new TreeSet<>();
        consumers.ifAvailable(all -> all.all().forEach(consumer -> read.addAll(all.topics(consumer.group()))));
        if (!read.contains(topic)) {
            throw new IllegalArgumentException("The application does not read the topic " + topic + ", but " + read
                    + ": is the bean with its @EventReceiver part of this test?");
        }
        if (application.receivers(signal).stream().allMatch(OtherService::isNotOfTheApplication)) {
            throw new IllegalArgumentException("The application has no receiver of " + signal.eventType());
        }
    }

    /** The recorder is a receiver of every event, and the bus of each event that it publishes. */
    private static boolean isNotOfTheApplication(Subscription receiver) {
        String name = receiver.receiverName();
        return name.startsWith(EventRecorder.class.getName()) || name.equals(Delivery.PUBLISHER_ID);
    }

    private static AssertionError failed(Signal<?> signal, DeliveryResult result) {
        String receivers = result.responses().stream()
                .filter(Response::failed)
                .map(Response::receiverName)
                .toList()
                .toString();
        AssertionError failed = new AssertionError(signal.eventType() + " failed at its last attempt, in " + receivers);
        result.failures().stream().findFirst().ifPresent(failed::initCause);
        return failed;
    }

    private <V> V await(CompletableFuture<V> future, String what) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(what + " within " + timeout, e);
        } catch (ExecutionException e) {
            throw new AssertionError(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + " before the test was interrupted", e);
        }
    }

    private synchronized EventBus bus() {
        EventBus open = bus;
        if (open == null) {
            var builder = EventBus.builder(settings, events).withoutPublishing();
            open = (memory == null ? builder : builder.transport(memory)).open();
            bus = open;
        }
        return open;
    }

    /** For Spring. */
    @Override
    public synchronized void close() {
        if (bus != null) {
            bus.close();
            bus = null;
        }
    }
}
