package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages through Kafka's producer, which batches them, retries, and gives up after {@code delivery.timeout.ms}. Messages of
 * one topic keep their order. Each topic has a queue of its own: while one waits for its schema or its partitions, neither other
 * topics nor the sender wait. Thread-safe.
 */
final class KafkaSink implements MessageSink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final long PARTITION_COUNT_TTL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Object> properties;
    private final SchemaRegistry registry;
    private final KafkaExceptionTranslator exceptions;
    private final boolean choosesPartitions;
    private final long timeoutNanos;
    private final ExecutorService senders =
            Executors.newCachedThreadPool(task -> thread(task, "carillon-kafka-sender"));

    /** Translating an exception may connect to the servers, which must not block the producer's network thread. */
    private final ExecutorService failures =
            Executors.newSingleThreadExecutor(task -> thread(task, "carillon-kafka-failures"));

    private final ExecutorService flushes =
            Executors.newSingleThreadExecutor(task -> thread(task, "carillon-kafka-flush"));

    private final AtomicBoolean flushRequested = new AtomicBoolean();

    private final Map<String, TopicQueue> queues = new ConcurrentHashMap<>();
    private final Map<SchemaName, Integer> schemaIds = new ConcurrentHashMap<>();
    private final Map<String, PartitionCount> partitionCounts = new ConcurrentHashMap<>();

    /** The partitions whose first message was acknowledged; -1 where the producer chooses the partition. */
    private final Set<TopicPartition> started = ConcurrentHashMap.newKeySet();

    private @Nullable Producer<byte[], byte[]> producer;
    private boolean released;
    private volatile boolean closed;

    /** A schema by its text, or the first schema of the subject if the text is empty. */
    private record SchemaName(String topic, String name, String text) {}

    private record PartitionCount(int count, long until) {}

    /** A message, and the future of its position. */
    private static final class PendingSend extends CompletableFuture<String> {

        private final OutgoingMessage message;
        private final boolean isAwaited;
        private final long deadline;

        PendingSend(OutgoingMessage message, boolean isAwaited, long timeoutNanos) {
            this.message = message;
            this.isAwaited = isAwaited;
            this.deadline = System.nanoTime() + timeoutNanos;
        }

        boolean isTimedOut() {
            return System.nanoTime() - deadline > 0;
        }
    }

    /** Transmits the messages of one topic in order, on one sender thread at a time. */
    private final class TopicQueue {

        private Queue<PendingSend> waiting = new ArrayDeque<>();
        private boolean isRunning;

        void add(PendingSend send) {
            synchronized (this) {
                waiting.add(send);
                if (isRunning) {
                    return;
                }
                isRunning = true;
            }
            try {
                senders.execute(this::drain);
            } catch (RuntimeException | Error e) { // no thread: the next message tries again
                synchronized (this) {
                    isRunning = false;
                    waiting.remove(send);
                }
                throw e;
            }
        }

        private void drain() {
            for (Queue<PendingSend> batch = takeAll(); !batch.isEmpty(); batch = takeAll()) {
                batch.forEach(KafkaSink.this::transmit);
            }
        }

        private synchronized Queue<PendingSend> takeAll() {
            Queue<PendingSend> batch = waiting;
            if (batch.isEmpty()) {
                isRunning = false;
            } else {
                waiting = new ArrayDeque<>();
            }
            return batch;
        }
    }

    KafkaSink(Map<String, Object> properties, SchemaRegistry registry, KafkaExceptionTranslator exceptions) {
        this.properties = properties;
        this.registry = registry;
        this.exceptions = exceptions;
        this.choosesPartitions = !properties.containsKey(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(
                ClientProperty.PRODUCER.number(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<String> send(OutgoingMessage message) {
        return send(new PendingSend(message, false, timeoutNanos));
    }

    /** Does not wait for {@code linger.ms}. */
    @Override
    public CompletableFuture<String> sendAwaited(OutgoingMessage message) {
        return send(new PendingSend(message, true, timeoutNanos));
    }

    private CompletableFuture<String> send(PendingSend send) {
        if (closed) {
            fail(send, new IllegalStateException("the sink is closed"));
            return send;
        }
        try {
            queue(send.message.topic()).add(send);
        } catch (IllegalArgumentException e) {
            send.completeExceptionally(new UnpublishableException(String.valueOf(e.getMessage()), e));
        } catch (RejectedExecutionException e) {
            fail(send, new IllegalStateException("the sink is closed", e));
        }
        return send;
    }

    private TopicQueue queue(String topic) {
        TopicQueue known = queues.get(topic);
        if (known != null) {
            return known;
        }
        KafkaTopicNames.check(topic);
        return queues.computeIfAbsent(topic, absent -> new TopicQueue());
    }

    private void fail(PendingSend send, Throwable failure) {
        send.completeExceptionally(
                exceptions.translateSendFailure("accept a message for topic " + send.message.topic(), failure));
    }

    /** Called by the topic's queue. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the result
    private void transmit(PendingSend send) {
        try {
            if (send.isTimedOut()) {
                throw new org.apache.kafka.common.errors.TimeoutException("no response within "
                        + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms (delivery.timeout.ms in "
                        + KafkaSettings.CLIENT_CONFIG + ")");
            }
            ProducerRecord<byte[], byte[]> record = record(send.message);
            producer().send(record, (metadata, failure) -> {
                if (failure == null) {
                    send.complete(RecordPosition.text(metadata.partition(), metadata.offset()));
                } else {
                    failures.execute(() -> fail(send, failure));
                }
            });
            if (send.isAwaited && flushRequested.compareAndSet(false, true)) {
                flushes.execute(this::flush);
            }
            awaitFirstAck(record, send);
        } catch (TransportException e) {
            send.completeExceptionally(e);
        } catch (RuntimeException | Error e) { // also when out of memory: the sender must not wait forever
            fail(send, e);
        }
    }

    /** Messages that are sent while a flush runs share the next one. */
    private void flush() {
        flushRequested.set(false);
        try {
            producer().flush();
        } catch (InterruptException | IllegalStateException e) {
            LOG.debug("Flush skipped: the sink is closing", e);
        }
    }

    /**
     * Waits until the first message of a partition is acknowledged. A partition that was just created may reject the first batch
     * and accept the second; with both in flight, Kafka's producer restores their order only after a long time, or never.
     */
    private void awaitFirstAck(ProducerRecord<byte[], byte[]> record, PendingSend send) {
        TopicPartition partition =
                new TopicPartition(record.topic(), record.partition() == null ? -1 : record.partition());
        if (!started.contains(partition)) {
            if (send.handle((position, failure) -> failure == null).join()) {
                started.add(partition);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(OutgoingMessage message) {
        String topic = message.topic();
        MessageKey key = message.key();
        byte @Nullable [] keyBytes = null;
        @Nullable Integer partition = null;
        if (key != null) {
            String type = WireFormat.typeOf(key);
            keyBytes = WireFormat.key(schemaId(topic, type, "", WireFormat.keySchemaText(key.field(), type)), key);
            partition = choosesPartitions ? partition(topic, type, keyBytes) : null;
        }
        byte[] value = WireFormat.value(
                schemaId(topic, message.eventType(), WireFormat.VALUE_SUBJECT_SUFFIX, message.schemaText()),
                message.data());
        return new ProducerRecord<>(topic, partition, keyBytes, value, KafkaHeaders.toKafka(message.headers()));
    }

    private int partition(String topic, String keyType, byte[] key) {
        int firstId = cachedId(new SchemaName(topic, keyType, ""), () -> registry.firstIdOf(topic + "-" + keyType));
        return WireFormat.partition(key, firstId, partitionCount(topic));
    }

    /** Cached for a second: Kafka's producer takes a lock for it, which is too expensive for each message. */
    private int partitionCount(String topic) {
        long now = System.nanoTime();
        PartitionCount known = partitionCounts.get(topic);
        if (known == null || now - known.until() > 0) {
            known = new PartitionCount(producer().partitionsFor(topic).size(), now + PARTITION_COUNT_TTL_NANOS);
            partitionCounts.put(topic, known);
        }
        return known.count();
    }

    private int schemaId(String topic, String name, String suffix, String text) {
        return cachedId(new SchemaName(topic, name, text), () -> registry.idOf(topic + "-" + name + suffix, text));
    }

    private int cachedId(SchemaName name, IntSupplier load) {
        Integer known = schemaIds.get(name);
        if (known == null) {
            known = load.getAsInt();
            schemaIds.put(name, known);
        }
        return known;
    }

    /** Not in the constructor: the client resolves the servers' host names, which may not exist yet. */
    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            if (released) {
                throw new IllegalStateException("the sink is closed");
            }
            producer = new KafkaProducer<>(properties);
        }
        return producer;
    }

    /** No producer is created from now on; returns the one that exists. */
    private synchronized @Nullable Producer<byte[], byte[]> release() {
        released = true;
        return producer;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        closed = true;
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        senders.shutdown();
        try { // the producer must be open while queued messages are handed to it
            senders.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            deadline = System.nanoTime();
        }
        try {
            Producer<byte[], byte[]> open = release();
            if (open != null) {
                open.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            for (ExecutorService each : List.of(senders, flushes, failures)) {
                each.shutdown();
                each.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptException | InterruptedException e) {
            interrupted = true;
        } finally {
            senders.shutdownNow();
            flushes.shutdownNow();
            failures.shutdown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
