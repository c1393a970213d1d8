package dev.carillon.bus;

import dev.carillon.avro.EventCodec;
import dev.carillon.avro.EventCodecs;
import dev.carillon.bus.spi.HeaderNames;
import dev.carillon.bus.spi.MessageKey;
import dev.carillon.bus.spi.MessageSink;
import dev.carillon.bus.spi.OutgoingMessage;
import dev.carillon.bus.spi.Transport;
import dev.carillon.events.EventMetadata;
import dev.carillon.events.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events to topics. Asynchronous and pipelined: a send returns before the broker answers, and waits only while
 * {@value #MAX_IN_FLIGHT} events are under way. Thread-safe; one serves a whole service.
 */
public final class EventProducer implements AutoCloseable {

    /** How many events may be under way before {@link #send} waits. */
    public static final int MAX_IN_FLIGHT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(EventProducer.class);

    private final MessageSink sink;
    private final HeaderNames headerNames;
    private final boolean carriesKeys;
    private final EventCodecs codecs;
    private final TopicNames topicNames;
    private final AuditLog audit;
    private final Duration patience;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
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
        EncodedEvent event;
        try {
            event = encode(signal, topic, keyField, data, metadata);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(report(topicNames.full(topic), metadata, e));
        }
        return transmit(event, this::report);
    }

    /**
     * The event as {@link #send} would put it on the wire, for an outbox that keeps it until it is sent.
     *
     * @throws IllegalArgumentException when the event cannot be published: its data, its key, or because it must stay in process
     */
    public <T> EncodedEvent encode(Signal<T> signal, String topic, String keyField, T data, EventMetadata metadata) {
        signal.inProcessReason().ifPresent(reason -> {
            throw new IllegalArgumentException("this event must stay in process: " + reason);
        });
        EventCodec<T> codec = codecs.of(signal);
        return new EncodedEvent(
                metadata,
                new OutgoingMessage(
                        topicNames.full(topic),
                        metadata.eventType(),
                        headerNames.write(metadata),
                        carriesKeys ? key(signal, keyField, data) : null,
                        codec.encode(data),
                        codec.schemaText()));
    }

    /**
     * Publishes an event that was encoded before, by this producer or another of the same kind of broker. The caller has it still
     * when that fails, and may try again; so a failure is counted, but not logged.
     *
     * @return the event's position once the broker has it; or, exceptionally, a {@link ProduceException}, whose cause is an
     *     {@link dev.carillon.bus.spi.UnpublishableException} when trying again is of no use
     */
    public CompletableFuture<String> send(EncodedEvent event) {
        return transmit(event, this::count);
    }

    private interface Reporter {
        ProduceException failed(String fullTopic, EventMetadata metadata, Throwable failure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of the message is told by the answer
    private CompletableFuture<String> transmit(EncodedEvent event, Reporter reporter) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        String fullTopic = event.message().topic();
        try {
            takeRoom();
        } catch (RuntimeException e) {
            answer.completeExceptionally(reporter.failed(fullTopic, event.metadata(), e));
            return answer;
        }
        transmit(event.message()).whenComplete((position, failure) -> {
            room.release();
            if (failure == null) {
                delivered.increment();
                audit.delivered(fullTopic, event.metadata(), position);
                answer.complete(position);
            } else {
                answer.completeExceptionally(reporter.failed(fullTopic, event.metadata(), failure));
            }
        });
        return answer;
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

    private void takeRoom() {
        if (closed.get()) {
            throw new IllegalStateException("the producer is closed");
        }
        try {
            if (!room.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(MAX_IN_FLIGHT + " events are under way, and the broker took none for "
                        + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the broker", e);
        }
    }

    private CompletableFuture<String> transmit(OutgoingMessage message) {
        try {
            return sink.send(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ProduceException report(String fullTopic, EventMetadata metadata, Throwable failure) {
        ProduceException counted = count(fullTopic, metadata, failure);
        LOG.error(
                "Event was not published: topic={}, metadata={}: {}",
                fullTopic,
                metadata.toJson(),
                String.valueOf(counted.getCause()));
        return counted;
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

    /**
     * Waits until everything that was sent is acknowledged or has failed, at most 30 s, then lets go of the broker. What is sent
     * afterwards fails at once.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!room.tryAcquire(MAX_IN_FLIGHT, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Closing with {} events under way", MAX_IN_FLIGHT - room.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sink.close();
        }
    }
}
