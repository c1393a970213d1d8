package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.BusShutdown.Closing;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.internal.AuditLog;
import dev.carillon.bus.internal.CompletionExecutor;
import dev.carillon.bus.internal.KeyPath;
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
 * Publishes events to topics. Asynchronous and pipelined: a send returns before the broker answers, and waits only while
 * {@value #MAX_IN_FLIGHT} events are under way, at most 30 s. Thread-safe; one serves a whole service.
 *
 * <p>What is hung on the answer to a send runs in threads of the producer's, not in those of the broker's client: it may wait for
 * another send.
 *
 * <p>An event that a receiver sends, in its thread, while a consumer delivers an event to it, is on the broker before that one is
 * acknowledged; when it cannot be published, the delivery has failed, and is tried again. Events that a receiver sends from
 * other threads, or with an executor of its own, are not looked after in this way.
 */
public final class EventProducer implements AutoCloseable {

    /** How many events may be under way before {@link #send} waits. */
    public static final int MAX_IN_FLIGHT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);

    /** How long configured publishing waits for a broker that answers nothing. */
    private static final Duration STALLED = Duration.ofSeconds(2);

    private final MessageSink sink;
    private final HeaderNames headerNames;
    private final boolean carriesKeys;
    private final EventCodecs codecs;
    private final TopicNames topicNames;
    private final AuditLog audit;
    private final Duration patience;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SendCapacity capacity = new SendCapacity(MAX_IN_FLIGHT);
    private final CompletionExecutor completions = new CompletionExecutor();
    private final Set<AutoCloseable> users = ConcurrentHashMap.newKeySet();
    private final Map<KeyId, KeyPath> keyPaths = new ConcurrentHashMap<>();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private record KeyId(Signal<?> signal, String path) {}

    EventProducer(Transport transport, EventCodecs codecs, TopicNames topicNames, AuditLog audit, Duration patience) {
        this.sink = transport.sink();
        this.headerNames = transport.headerNames();
        this.carriesKeys = transport.carriesKeys();
        this.codecs = codecs;
        this.topicNames = topicNames;
        this.audit = audit;
        this.patience = patience;
    }

    /**
     * Publishes an event. The data are encoded before this returns, so they may be changed or dropped afterwards.
     *
     * @param topic the topic, without prefix
     * @param keyField the dotted path of the event's key; it counts only where the broker knows keys
     * @return the event's position once the broker has it; or, exceptionally, a {@link ProduceException}, which is also
     *     logged. The data stay with the caller: they are in no log
     */
    public <T> CompletableFuture<String> send(
            Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        var completing = completing(answer);
        send(
                signal,
                topic,
                keyField,
                data,
                metadata,
                (position, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                    completing.accept(position, failure);
                },
                patience);
        return answer;
    }

    /**
     * As {@link #send(Signal, String, String, Object, EventMetadata)}, for senders that do not look at the answer. While the
     * broker answers, and too many events are under way, it waits as that does; when the broker has not answered for {@link
     * #STALLED}, it does not, and the event is logged as one that was not published.
     */
    <T> void publish(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        send(
                signal,
                topic,
                keyField,
                data,
                metadata,
                (position, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                },
                STALLED);
    }

    private <T> void send(
            Signal<T> signal,
            String topic,
            String keyField,
            T data,
            EventMetadata metadata,
            BiConsumer<@Nullable String, @Nullable ProduceException> answered,
            Duration stalled) {
        String fullTopic = topicNames.full(topic);
        OutgoingMessage message;
        try {
            requireMayLeave(signal);
            MessageKey key = carriesKeys ? key(signal, keyField, data) : null;
            EventCodec<T> codec = codecs.of(signal);
            message = message(fullTopic, metadata, key, codec.encode(data), codec.schemaText());
        } catch (RuntimeException e) {
            refuse(fullTopic, metadata, e, answered);
            return;
        }
        transmit(metadata, message, answered, stalled);
    }

    /**
     * The event as an outbox keeps it until it is sent, by this producer or one of another broker. So it has its key also where
     * this broker knows none; where there is no key to be found then, a broker with keys will not take it.
     *
     * @throws IllegalArgumentException when the event cannot be published: its data, its key where this broker knows keys, or
     *     because it must stay in process
     */
    public <T> EncodedEvent encode(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        requireMayLeave(signal);
        MessageKey key = carriesKeys ? key(signal, keyField, data) : keyIfAny(signal, keyField, data);
        EventCodec<T> codec = codecs.of(signal);
        return new EncodedEvent(metadata, topicNames.full(topic), key, codec.encode(data), codec.schemaText());
    }

    private static void requireMayLeave(Signal<?> signal) {
        signal.inProcessReason().ifPresent(reason -> {
            throw new IllegalArgumentException("this event must stay in process: " + reason);
        });
    }

    private OutgoingMessage message(
            String fullTopic, EventMetadata metadata, @Nullable MessageKey key, byte[] data, String schemaText) {
        return new OutgoingMessage(fullTopic, metadata.eventType(), headerNames.write(metadata), key, data, schemaText);
    }

    /**
     * Publishes an event that was encoded before, by this producer or another, whatever its broker. The caller has it still
     * when that fails, and may try again; so a failure is counted, but not logged.
     *
     * @return the event's position once the broker has it; or, exceptionally, a {@link ProduceException}, whose cause is an
     *     {@link UnpublishableException} when trying again is of no use
     */
    public CompletableFuture<String> send(EncodedEvent event) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        BiConsumer<@Nullable String, @Nullable ProduceException> answered = completing(answer);
        if (carriesKeys && event.key() == null) {
            String reason =
                    "the event has no key, which this broker needs: when it was encoded, for a broker without keys,"
                            + " its key field was null or not there";
            refuse(event.topic(), event.metadata(), new UnpublishableException(reason, null), answered);
            return answer;
        }
        OutgoingMessage message = message(
                event.topic(), event.metadata(), carriesKeys ? event.key() : null, event.data(), event.schemaText());
        transmit(event.metadata(), message, answered, patience);
        return answer;
    }

    /** Whether this broker knows keys; where not, there is only the order of a whole topic. */
    public boolean carriesKeys() {
        return carriesKeys;
    }

    /** Completes answers in the thread that asked for them, where that is the one that knows, or else in one of ours. */
    private BiConsumer<@Nullable String, @Nullable ProduceException> completing(CompletableFuture<String> answer) {
        Thread sender = Thread.currentThread();
        return (position, failure) -> {
            Runnable completion = () -> {
                if (failure == null) {
                    answer.complete(position);
                } else {
                    answer.completeExceptionally(failure);
                }
            };
            if (Thread.currentThread().equals(sender)) {
                completion.run();
            } else {
                completions.run(completion);
            }
        };
    }

    /** This one does not get as far as the broker. */
    private void refuse(
            String fullTopic,
            EventMetadata metadata,
            Throwable why,
            BiConsumer<@Nullable String, @Nullable ProduceException> answered) {
        ProduceException failure = count(fullTopic, metadata, why);
        SendTracker outputs = SendTracker.current();
        if (outputs != null) {
            outputs.sent();
            outputs.answered(failure);
        }
        answered.accept(null, failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of the message is told by the answer
    private void transmit(
            EventMetadata metadata,
            OutgoingMessage message,
            BiConsumer<@Nullable String, @Nullable ProduceException> answered,
            Duration stalled) {
        String fullTopic = message.topic();
        try {
            takeCapacity(stalled);
        } catch (RuntimeException e) {
            refuse(fullTopic, metadata, e, answered);
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
                    delivered.increment();
                    audit.delivered(fullTopic, metadata, position);
                } else {
                    failure = count(fullTopic, metadata, why);
                }
                answered.accept(position, failure);
            } finally {
                if (outputs != null) {
                    outputs.answered(failure);
                }
                capacity.release(); // last: closing waits for it
            }
        });
    }

    /**
     * Checks the key field of an event before any is sent. Sending itself looks at the key only where the broker knows keys.
     *
     * @throws IllegalArgumentException naming the part of the path that is not there and the nearest, or saying why what is
     *     there cannot be a key
     */
    public static void requireKeyField(Signal<?> signal, String keyField) {
        KeyPath.of(signal, keyField);
    }

    private MessageKey key(Signal<?> signal, String keyField, Object data) {
        KeyPath path = keyPaths.computeIfAbsent(new KeyId(signal, keyField), id -> KeyPath.of(id.signal(), id.path()));
        @Nullable Object value = path.read(data);
        if (value == null) {
            throw new IllegalArgumentException("the key field '" + keyField + "' is null, but an event needs its key");
        }
        return new MessageKey(path.field(), value);
    }

    private @Nullable MessageKey keyIfAny(Signal<?> signal, String keyField, Object data) {
        try {
            return key(signal, keyField, data);
        } catch (IllegalArgumentException e) {
            return null; // as when it is sent at once
        }
    }

    private void takeCapacity(Duration stalled) {
        if (closed.get()) {
            throw new IllegalStateException("the producer is closed");
        }
        try {
            if (!capacity.acquireUnlessStalled(patience.toNanos(), stalled.toNanos())) {
                throw new IllegalStateException(
                        MAX_IN_FLIGHT + " events are under way, and the broker did not take enough of them in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    private CompletableFuture<String> transmit(OutgoingMessage message, boolean isAwaited) {
        try {
            return isAwaited ? sink.sendAwaited(message) : sink.send(message);
        } catch (RuntimeException | Error e) { // an Error, too: what waits for the answer would wait for ever
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

    /** How many events the broker has acknowledged since this producer was opened. */
    public long deliveredCount() {
        return delivered.sum();
    }

    /** How many events could not be published since this producer was opened. */
    public long failedCount() {
        return failed.sum();
    }

    /** Has something that publishes with this producer, such as a relay, closed before this is. */
    public void addUser(AutoCloseable user) {
        users.add(user);
    }

    /** It has been closed. */
    public void removeUser(AutoCloseable user) {
        users.remove(user);
    }

    /**
     * Closes what publishes with it ({@link #addUser}), waits until everything that was sent is acknowledged or has failed, at
     * most 30 s, then lets go of the broker. What is sent afterwards fails at once.
     */
    @Override
    public void close() {
        Closing closing = new Closing();
        users.forEach(closing::close);
        if (closed.compareAndSet(false, true)) {
            closing.close(this::drain);
            closing.close(sink);
            closing.close(completions);
        }
        closing.throwFirst();
    }

    private void drain() {
        try {
            if (!capacity.drain(patience.toNanos())) {
                LOG.warn("Closing with {} events under way", capacity.underWay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
