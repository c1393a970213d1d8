package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.BusShutdown.Closing;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.CompletionExecutor;
import dev.carillon.bus.internal.KeyPath;
import dev.carillon.bus.internal.SchemaFingerprints;
import dev.carillon.bus.internal.SendCapacity;
import dev.carillon.bus.internal.SendTracker;
import dev.carillon.bus.internal.TopicNames;
import dev.carillon.bus.transport.HeaderNames;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.Transport;
import dev.carillon.bus.transport.UnpublishableException;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Signal;
import dev.carillon.events.internal.Shown;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events to topics. Asynchronous and pipelined: a send returns before the broker acknowledges, and waits only while
 * {@value #MAX_IN_FLIGHT} events are in flight, at most 30 s. Thread-safe; one producer serves a whole service.
 *
 * <p>Callbacks on the future of a send run in threads of the producer, not in those of the broker client: a callback may wait
 * for another send.
 *
 * <p>An event that a receiver sends in its own thread, while a consumer delivers an event to it, reaches the broker before the
 * delivered event is acknowledged. If it cannot be published, the delivery fails and is retried. This does not cover events
 * that a receiver sends from other threads or through its own executor.
 */
public final class EventProducer implements AutoCloseable {

    /** The number of events that may be in flight before {@link #send} waits. */
    public static final int MAX_IN_FLIGHT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);

    /** How long configured publishing waits for a broker that does not respond. */
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(2);

    private final MessageSink sink;
    private final HeaderNames headerNames;
    private final boolean carriesKeys;
    private final EventCodecs codecs;
    private final SchemaFingerprints fingerprints;
    private final TopicNames topicNames;
    private final AuditLog audit;
    private final Duration timeout;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SendCapacity capacity = new SendCapacity(MAX_IN_FLIGHT);
    private final CompletionExecutor completions = new CompletionExecutor();
    private final Set<AutoCloseable> dependents = ConcurrentHashMap.newKeySet();
    private final Map<KeyId, KeyPath> keyPaths = new ConcurrentHashMap<>();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private record KeyId(Signal<?> signal, String path) {}

    EventProducer(Transport transport, EventCodecs codecs, TopicNames topicNames, AuditLog audit, Duration timeout) {
        this.sink = transport.sink();
        this.headerNames = transport.headerNames();
        this.carriesKeys = transport.carriesKeys();
        this.codecs = codecs;
        this.fingerprints = new SchemaFingerprints(codecs.history());
        this.topicNames = topicNames;
        this.audit = audit;
        this.timeout = timeout;
    }

    /**
     * Publishes an event. The data are encoded before this returns, so the caller may change or drop them afterwards.
     *
     * @param topic the topic, without prefix
     * @param keyField the dotted path of the event's key. It must exist on every broker; the key may be null if this one does
     *     not support keys
     * @return completes with the event's position when the broker has acknowledged it, or exceptionally with a
     *     {@link ProduceException}, which is also logged. The log never contains the data
     * @throws IllegalArgumentException when the topic is blank
     */
    public <T> CompletableFuture<String> send(
            Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        CompletableFuture<String> result = new CompletableFuture<>();
        BiConsumer<@Nullable String, @Nullable ProduceException> completing = completing(result);
        BiConsumer<@Nullable String, @Nullable ProduceException> reporting = (position, failure) -> {
            if (failure != null) {
                report(failure);
            }
            completing.accept(position, failure);
        };
        send(signal, topic, keyField, data, metadata, reporting, timeout);
        return result;
    }

    /**
     * As {@link #send(Signal, String, String, Object, EventMetadata)}, for senders that ignore the result. When too many events
     * are in flight, it waits in the same way while the broker responds. When the broker has not responded for
     * {@link #STALL_TIMEOUT}, it stops waiting and logs the event as not published.
     */
    <T> void publish(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        send(
                signal,
                topic,
                carriesKeys ? keyField : null, // otherwise, opening the bus has warned of a wrong one
                data,
                metadata,
                (position, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                },
                STALL_TIMEOUT);
    }

    private <T> void send(
            Signal<T> signal,
            String topic,
            @Nullable String keyField,
            T data,
            EventMetadata metadata,
            BiConsumer<@Nullable String, @Nullable ProduceException> onResult,
            Duration stalled) {
        String fullTopic = fullTopic(topic);
        OutgoingMessage message;
        try {
            requireMayLeave(signal);
            KeyPath path = keyField == null ? null : path(signal, keyField);
            MessageKey key = path == null || !carriesKeys ? null : key(path, data);
            EventCodec<T> codec = codecs.of(signal);
            message = message(fullTopic, metadata, key, codec.encode(data), codec.schemaText());
        } catch (RuntimeException e) {
            reject(fullTopic, metadata, e, onResult);
            return;
        }
        transmit(metadata, message, onResult, stalled);
    }

    /**
     * Encodes an event for an outbox, which stores it until this producer, or one for another broker, sends it. So the result
     * contains the event's key even if this broker does not support keys; a broker that does rejects an event without one.
     *
     * @throws IllegalArgumentException when the event cannot be published: because of its data, because of its key if this
     *     broker supports keys, because the topic is blank, or because it must stay in process
     */
    public <T> EncodedEvent encode(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        String fullTopic = fullTopic(topic);
        requireMayLeave(signal);
        MessageKey key = carriesKeys ? key(path(signal, keyField), data) : keyIfAny(signal, keyField, data);
        EventCodec<T> codec = codecs.of(signal);
        return new EncodedEvent(metadata, fullTopic, key, codec.encode(data), codec.schemaText());
    }

    private String fullTopic(String topic) {
        if (topic.isBlank()) {
            throw new IllegalArgumentException("topic must not be blank, but is '" + Shown.text(topic) + "'");
        }
        return topicNames.full(topic);
    }

    private static void requireMayLeave(Signal<?> signal) {
        signal.inProcessReason().ifPresent(reason -> {
            throw new IllegalArgumentException("this event must stay in process: " + reason);
        });
    }

    private OutgoingMessage message(
            String fullTopic, EventMetadata metadata, @Nullable MessageKey key, byte[] data, String schemaText) {
        String type = metadata.eventType();
        return new OutgoingMessage(
                fullTopic, type, headerNames.write(metadata), key, data, schemaText, fingerprints.of(type, schemaText));
    }

    /**
     * Publishes an event that was encoded before, by this producer or another, for any broker. The caller still has the event
     * when this fails, and may retry; so a failure is counted, but not logged.
     *
     * @return completes with the event's position when the broker has acknowledged it, or exceptionally with a
     *     {@link ProduceException}, whose cause is an {@link UnpublishableException} when a retry cannot succeed
     */
    public CompletableFuture<String> send(EncodedEvent event) {
        CompletableFuture<String> result = new CompletableFuture<>();
        BiConsumer<@Nullable String, @Nullable ProduceException> onResult = completing(result);
        if (carriesKeys && event.key() == null) {
            String reason =
                    "the event has no key, which this broker requires: when it was encoded for a broker without keys,"
                            + " its key field was null or missing";
            reject(event.topic(), event.metadata(), new UnpublishableException(reason, null), onResult);
            return result;
        }
        MessageKey key = carriesKeys ? event.key() : null;
        OutgoingMessage message = message(event.topic(), event.metadata(), key, event.data(), event.schemaText());
        transmit(event.metadata(), message, onResult, timeout);
        return result;
    }

    /** Whether this broker supports keys; if not, events are ordered by topic only. */
    public boolean carriesKeys() {
        return carriesKeys;
    }

    /** Completes the future in the sending thread if the result is known there, otherwise in a thread of this producer. */
    private BiConsumer<@Nullable String, @Nullable ProduceException> completing(CompletableFuture<String> result) {
        Thread sender = Thread.currentThread();
        return (position, failure) -> {
            Runnable completion = () -> {
                if (failure == null) {
                    result.complete(position);
                } else {
                    result.completeExceptionally(failure);
                }
            };
            if (Thread.currentThread().equals(sender)) {
                completion.run();
            } else {
                completions.run(completion);
            }
        };
    }

    /** Rejects an event that cannot be sent to the broker. */
    private void reject(
            String fullTopic,
            EventMetadata metadata,
            Throwable why,
            BiConsumer<@Nullable String, @Nullable ProduceException> onResult) {
        ProduceException failure = count(fullTopic, metadata, why);
        SendTracker outputs = SendTracker.current();
        if (outputs != null) {
            outputs.sent();
            outputs.completed(failure);
        }
        onResult.accept(null, failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the result is reported through the callback
    private void transmit(
            EventMetadata metadata,
            OutgoingMessage message,
            BiConsumer<@Nullable String, @Nullable ProduceException> onResult,
            Duration stalled) {
        String fullTopic = message.topic();
        try {
            acquireCapacity(stalled);
        } catch (RuntimeException e) {
            reject(fullTopic, metadata, e, onResult);
            return;
        }
        SendTracker outputs = SendTracker.current();
        if (outputs != null) {
            outputs.sent();
        }
        transmit(message, outputs != null).whenComplete((position, why) -> {
            ProduceException failure = null;
            try {
                if (why == null) {
                    acknowledged.increment();
                    audit.published(fullTopic, metadata, position);
                } else {
                    failure = count(fullTopic, metadata, why);
                }
                onResult.accept(position, failure);
            } finally {
                if (outputs != null) {
                    outputs.completed(failure);
                }
                capacity.release(); // last, because closing waits for it
            }
        });
    }

    /**
     * Checks the key field of an event type before any event is sent.
     *
     * @throws IllegalArgumentException when a part of the path does not exist (the message names it and the nearest name), or
     *     when the field cannot be a key (the message says why)
     */
    public static void requireKeyField(Signal<?> signal, String keyField) {
        KeyPath.of(signal, keyField);
    }

    private KeyPath path(Signal<?> signal, String keyField) {
        return keyPaths.computeIfAbsent(new KeyId(signal, keyField), id -> KeyPath.of(id.signal(), id.path()));
    }

    private static MessageKey key(KeyPath path, Object data) {
        @Nullable Object value = path.read(data);
        if (value == null) {
            throw new IllegalArgumentException("the key field '" + path + "' is null, but an event needs its key");
        }
        return new MessageKey(path.field(), value);
    }

    private @Nullable MessageKey keyIfAny(Signal<?> signal, String keyField, Object data) {
        try {
            return key(path(signal, keyField), data);
        } catch (IllegalArgumentException e) {
            return null; // as for an event that is sent directly
        }
    }

    private void acquireCapacity(Duration stalled) {
        if (closed.get()) {
            throw new IllegalStateException("the producer is closed");
        }
        try {
            if (!capacity.acquireUnlessStalled(timeout.toNanos(), stalled.toNanos())) {
                throw new IllegalStateException(MAX_IN_FLIGHT
                        + " events are in flight, and the broker did not acknowledge enough of them in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    private CompletableFuture<String> transmit(OutgoingMessage message, boolean isAwaited) {
        try {
            return isAwaited ? sink.sendAwaited(message) : sink.send(message);
        } catch (RuntimeException | Error e) { // an Error, too: otherwise callers would wait forever for the result
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void report(ProduceException failure) {
        LOG.error(
                "Event was not published: topic={}, metadata={}: {}",
                Shown.topic(failure.topic()),
                failure.metadata().toJson(),
                Shown.message(String.valueOf(failure.getCause())));
    }

    private ProduceException count(String fullTopic, EventMetadata metadata, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        failed.increment();
        return new ProduceException(fullTopic, metadata, cause);
    }

    /** The number of events that the broker has acknowledged since this producer was opened. */
    public long acknowledgedCount() {
        return acknowledged.sum();
    }

    /** The number of events that could not be published since this producer was opened. */
    public long failedCount() {
        return failed.sum();
    }

    /** Registers a resource that publishes with this producer, such as a relay. {@link #close} closes it before the producer. */
    public void addDependent(AutoCloseable dependent) {
        dependents.add(dependent);
    }

    /** Removes a registered resource after it has been closed. */
    public void removeDependent(AutoCloseable dependent) {
        dependents.remove(dependent);
    }

    /**
     * Closes the dependent resources ({@link #addDependent}), waits at most 30 s until every sent event is acknowledged or has
     * failed, then closes the connection to the broker. Later sends fail at once.
     */
    @Override
    public void close() {
        Closing closing = new Closing();
        dependents.forEach(closing::close);
        if (closed.compareAndSet(false, true)) {
            closing.close(this::drain);
            closing.close(sink);
            closing.close(completions);
        }
        closing.throwFirst();
    }

    private void drain() {
        try {
            if (!capacity.drain(timeout.toNanos())) {
                LOG.warn("Closing with {} events in flight", capacity.inFlight());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
