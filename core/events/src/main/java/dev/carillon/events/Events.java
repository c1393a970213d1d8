package dev.carillon.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of one service: connects receivers to signals and sends to them.
 *
 * <p>An ordinary object: two services, or two tests, can run in one JVM without receiving each other's events. Thread-safe;
 * sending takes no lock.
 *
 * <pre>{@code
 * Events events = Events.create("credentials");
 * events.connect(CERTIFICATE_CREATED, event -> award(event.data()));
 * events.send(CERTIFICATE_CREATED, certificate);
 * }</pre>
 */
public final class Events {

    private final Signals signals;
    private final MetadataFactory metadata;
    private final boolean failFast;
    private final Predicate<Signal<?>> enabled;
    private final Map<String, Channel<?>> channels = new ConcurrentHashMap<>();
    private volatile boolean idsRequired;

    Events(Signals signals, MetadataFactory metadata, boolean failFast, Predicate<Signal<?>> enabled) {
        this.signals = signals;
        this.metadata = metadata;
        this.failFast = failFast;
        this.enabled = enabled;
    }

    /**
     * Creates the events of a service, with the signals of every {@link SignalProvider} on the class path.
     *
     * @param serviceName part of the source of each event, {@code openedx/<serviceName>/web}
     */
    public static Events create(String serviceName) {
        return builder().serviceName(serviceName).build();
    }

    /** Returns a builder, for a service with its own clock, host name or set of signals. */
    public static EventsBuilder builder() {
        return new EventsBuilder();
    }

    /**
     * Connects a receiver. It is called after the receivers connected before it. Connecting the same object again has no
     * effect.
     */
    public <T> Subscription connect(Signal<T> signal, Receiver<T> receiver) {
        return connect(signal, receiver, ReceiverOptions.defaults());
    }

    /**
     * Connects a receiver under an id. If that id is already connected, nothing changes and the existing subscription is
     * returned.
     */
    public <T> Subscription connect(Signal<T> signal, String id, Receiver<T> receiver) {
        return connect(signal, receiver, ReceiverOptions.id(id));
    }

    /**
     * Connects a receiver with options.
     *
     * @throws IllegalArgumentException when a different signal of the same event type is in use here, or when receivers
     *     {@link #requireReceiverIds() need ids} and this one has none
     */
    public <T> Subscription connect(Signal<T> signal, Receiver<T> receiver, ReceiverOptions options) {
        return channel(signal).connect(receiver, options);
    }

    /**
     * Requires from now on that each receiver has a name that is unique among the receivers of its signal and survives a
     * deployment. A consumer of the event bus calls this when it starts, because failures and dead letters are stored by
     * receiver name. Ids and class names qualify. A lambda is named after the method that connects it, which is enough as
     * long as it is the only one of that method for its signal.
     *
     * @throws IllegalStateException naming each receiver without such a name, and how to fix it; nothing is required then
     */
    public synchronized void requireReceiverIds() {
        idsRequired = true;
        String problems = channels.values().stream()
                .flatMap(channel -> channel.requireIds().stream())
                .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            idsRequired = false;
            channels.values().forEach(Channel::requireNoIds);
            throw new IllegalStateException(problems);
        }
    }

    /** Disconnects a receiver object under all its ids; returns false when it was not connected. */
    public <T> boolean disconnect(Signal<T> signal, Receiver<T> receiver) {
        return channel(signal).disconnect(each -> each.hasReceiver(receiver));
    }

    /** Disconnects the receiver with this id; returns false when there was none. */
    public boolean disconnect(Signal<?> signal, String id) {
        return channel(signal).disconnect(each -> id.equals(each.id()));
    }

    /**
     * Sends an event robustly: every receiver is called in connection order, in this thread unless it has an executor. Each
     * failure is logged with the receiver's name and returned.
     *
     * @return the responses of the receivers; empty when the event is disabled
     * @throws SenderValidationException when the data are null or not of the signal's data class
     */
    public <T> SendResult send(Signal<T> signal, T data) {
        return send(signal, data, SendOptions.robust());
    }

    /**
     * Sends an event with options, such as fail-fast or the time of the event.
     *
     * @throws SenderValidationException when the data are null or not of the signal's data class
     * @throws RuntimeException the exception of the first failing receiver, when fail-fast; a checked exception is wrapped
     *     in a {@link ReceiverException}
     */
    public <T> SendResult send(Signal<T> signal, T data, SendOptions options) {
        Channel<T> channel = channel(signal);
        if (!channel.isEnabled()) {
            return SendResult.empty();
        }
        signal.check(data);
        List<ConnectedReceiver<T>> receivers = channel.receivers();
        if (receivers.isEmpty()) {
            return SendResult.empty();
        }
        Event<T> event = new Event<>(signal, data, metadata.create(signal, options.time()), false);
        return dispatch(receivers, event, channel.isFailFast() ? options.stoppingAtFirstFailure() : options);
    }

    /**
     * Sends an event from another service to the receivers here, with its original metadata, as a consumer of the event bus
     * does. It is marked {@link Event#fromBus()} and never published to the bus again.
     *
     * @throws SenderValidationException when the data are null or not of the signal's data class
     */
    public <T> SendResult resend(Signal<T> signal, T data, EventMetadata metadata) {
        return resend(signal, data, metadata, SendOptions.robust());
    }

    /**
     * As the method without options, but robust or fail-fast as given. The time is that of the metadata; a time in the options is
     * ignored.
     *
     * @throws SenderValidationException when the data are null or not of the signal's data class
     * @throws IllegalArgumentException when the metadata are of another event type
     */
    public <T> SendResult resend(Signal<T> signal, T data, EventMetadata metadata, SendOptions options) {
        if (!metadata.eventType().equals(signal.eventType())) {
            throw new IllegalArgumentException("The metadata are of event type " + metadata.eventType()
                    + ", but the signal is " + signal.eventType());
        }
        Channel<T> channel = channel(signal);
        if (!channel.isEnabled()) {
            return SendResult.empty();
        }
        signal.check(data);
        return dispatch(channel.receivers(), new Event<>(signal, data, metadata, true), options);
    }

    /** Disables this event: from now on, sending it does nothing. */
    public void disable(Signal<?> signal) {
        channel(signal).setEnabled(false);
    }

    /** Enables this event: from now on, sending it calls its receivers. */
    public void enable(Signal<?> signal) {
        channel(signal).setEnabled(true);
    }

    /** Whether sending this event calls its receivers; true until {@link #disable disabled}. */
    public boolean isEnabled(Signal<?> signal) {
        return channel(signal).isEnabled();
    }

    /**
     * Sets whether each {@link #send} of this event is fail-fast from now on, whatever its options say. Events from the bus
     * are not affected: their receivers are retried individually.
     */
    public void setFailFast(Signal<?> signal, boolean failFast) {
        channel(signal).setFailFast(failFast);
    }

    /** The receivers that are connected to this signal now, in the order in which they are called. Unmodifiable. */
    public List<? extends Subscription> receivers(Signal<?> signal) {
        @Nullable Channel<?> channel = channels.get(signal.eventType());
        return channel == null ? List.of() : channel.receivers();
    }

    /** Whether a receiver is connected to this signal. */
    public boolean hasReceivers(Signal<?> signal) {
        @Nullable Channel<?> channel = channels.get(signal.eventType());
        return channel != null && !channel.receivers().isEmpty();
    }

    /** The signals that this service knows by name. {@link #findSignal} also finds signals that were only connected to. */
    public Signals signals() {
        return signals;
    }

    /** Finds the signal of this event type, among those with a receiver and those that the service knows by name. */
    public @Nullable Signal<?> findSignal(String eventType) {
        @Nullable Channel<?> channel = channels.get(eventType);
        return channel != null ? channel.signal() : signals.find(eventType).orElse(null);
    }

    /** The signals that have had a receiver, or were sent, enabled or disabled here. */
    public Collection<Signal<?>> usedSignals() {
        List<Signal<?>> used = new ArrayList<>();
        channels.values().forEach(channel -> used.add(channel.signal()));
        return used;
    }

    /** The name of the service; empty when it was made without one. */
    public Optional<String> serviceName() {
        return metadata.serviceName();
    }

    /** The source of new events, {@code openedx/<service>/web}. */
    public String source() {
        return metadata.source();
    }

    /** The host name in new events. */
    public String sourceHost() {
        return metadata.sourceHost();
    }

    /** New metadata for an event that is published without being sent here first. */
    public EventMetadata newMetadata(Signal<?> signal) {
        return metadata.create(signal, null);
    }

    private static <T> SendResult dispatch(List<ConnectedReceiver<T>> receivers, Event<T> event, SendOptions options) {
        List<Response> responses = new ArrayList<>(receivers.size());
        List<CompletableFuture<Response>> pending = List.of();
        for (ConnectedReceiver<T> receiver : receivers) {
            if (!options.isFor(receiver)) {
                continue;
            }
            if (receiver.isInExecutor()) {
                if (pending.isEmpty()) {
                    pending = new ArrayList<>();
                }
                pending.add(receiver.submit(event, options.logsFailures()));
            } else {
                responses.add(
                        options.stopsAtFirstFailure()
                                ? callOrThrow(receiver, event)
                                : receiver.call(event, options.logsFailures()));
            }
        }
        return new SendResult(Collections.unmodifiableList(responses), pending);
    }

    private static <T> Response callOrThrow(ConnectedReceiver<T> receiver, Event<T> event) {
        try {
            return receiver.callOrThrow(event);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new ReceiverException(receiver.receiverName(), event.signal(), e);
        }
    }

    /** One channel per event type, created at first use. Further definitions must be equal to the first. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"
    }) // equal signals have one data class; most often it is the same signal
    private <T> Channel<T> channel(Signal<T> signal) {
        Channel<?> channel = channels.get(signal.eventType());
        if (channel == null) {
            boolean isEnabled = enabled.test(signal); // before the map locks
            channel = channels.computeIfAbsent(
                    signal.eventType(), type -> new Channel<>(signal, isEnabled, failFast, idsRequired));
        }
        Signal<?> first = channel.signal();
        if (first != signal && !first.equals(signal)) {
            throw Signal.conflict(first, signal);
        }
        return (Channel<T>) channel;
    }
}
