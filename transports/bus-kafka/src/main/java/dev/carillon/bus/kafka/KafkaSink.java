package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.MessageKey;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.TransportException;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * Sends messages through Kafka's producer, which batches them, sends them again where that helps, and gives up after {@code
 * delivery.timeout.ms}. Messages of one topic keep their order; a topic that has to wait, for its schema or because it does not
 * exist, keeps no other waiting, nor a sender.
 */
final class KafkaSink implements MessageSink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final long PARTITIONS_KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Object> properties;
    private final SchemaRegistry registry;
    private final KafkaFailure failures;
    private final boolean choosesPartitions;
    private final long patienceNanos;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> thread(task, "carillon-kafka-sender"));

    /** To say why a send failed may need a look at the servers, which must not hold up the producer's own thread. */
    private final ExecutorService failing =
            Executors.newSingleThreadExecutor(task -> thread(task, "carillon-kafka-failures"));

    private final ExecutorService flushing =
            Executors.newSingleThreadExecutor(task -> thread(task, "carillon-kafka-flush"));

    private final AtomicBoolean flushWanted = new AtomicBoolean();

    private final Map<String, TopicQueue> topics = new ConcurrentHashMap<>();
    private final Map<SchemaName, Integer> schemaIds = new ConcurrentHashMap<>();
    private final Set<TopicPartition> begun = ConcurrentHashMap.newKeySet();
    private final Map<String, Partitions> partitions = new ConcurrentHashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean closed;

    /** A schema by its text; the first one of a subject where that is empty. */
    private record SchemaName(String topic, String what, String text) {}

    private record Partitions(int count, long until) {}

    KafkaSink(Map<String, Object> properties, SchemaRegistry registry, KafkaFailure failures) {
        this.properties = properties;
        this.registry = registry;
        this.failures = failures;
        this.choosesPartitions = !properties.containsKey(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(
                new ProducerConfig(properties).getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<String> send(OutgoingMessage message) {
        return send(new Send(message, System.nanoTime() + patienceNanos, false));
    }

    /** Does not linger ({@code linger.ms}). */
    @Override
    public CompletableFuture<String> sendAwaited(OutgoingMessage message) {
        return send(new Send(message, System.nanoTime() + patienceNanos, true));
    }

    private CompletableFuture<String> send(Send send) {
        if (closed) {
            fail(send, new IllegalStateException("the sink is closed"));
            return send;
        }
        try {
            queue(send.message().topic()).add(send);
        } catch (IllegalArgumentException e) {
            send.completeExceptionally(new UnpublishableException(String.valueOf(e.getMessage()), e));
        } catch (RejectedExecutionException e) {
            fail(send, new IllegalStateException("the sink is closed", e));
        }
        return send;
    }

    private TopicQueue queue(String topic) {
        TopicQueue known = topics.get(topic);
        if (known != null) {
            return known;
        }
        TopicNames.check(topic);
        return topics.computeIfAbsent(topic, absent -> new TopicQueue(threads, this::transmit));
    }

    private void fail(Send send, Throwable failure) {
        send.completeExceptionally(failures.ofMessage(asked(send.message()), failure));
    }

    private static String asked(OutgoingMessage message) {
        return "take a message for topic " + message.topic();
    }

    /** Called in a thread of the topic's queue. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    private void transmit(Send send) {
        try {
            if (send.isLate()) {
                throw new org.apache.kafka.common.errors.TimeoutException("no answer within "
                        + TimeUnit.NANOSECONDS.toMillis(patienceNanos) + " ms (delivery.timeout.ms in "
                        + KafkaSettings.CLIENT_CONFIG + ")");
            }
            ProducerRecord<byte[], byte[]> record = record(send.message());
            producer().send(record, (metadata, failure) -> {
                if (failure == null) {
                    send.complete(Position.text(metadata.partition(), metadata.offset()));
                } else {
                    failing.execute(() -> fail(send, failure));
                }
            });
            if (send.isAwaited() && flushWanted.compareAndSet(false, true)) {
                flushing.execute(this::flush);
            }
            beginAlone(record, send);
        } catch (TransportException e) {
            send.completeExceptionally(e);
        } catch (RuntimeException | Error e) { // also where memory ends: whoever sent it waits for an answer
            fail(send, e);
        }
    }

    /** What is sent while this waits for the broker is flushed together, next. */
    private void flush() {
        flushWanted.set(false);
        try {
            producer().flush();
        } catch (InterruptException | IllegalStateException e) {
            LOG.debug("Not flushed: the sink is being closed", e);
        }
    }

    /**
     * Waits for the first answer of a partition. One that was just made may refuse the first batch and take the second, which
     * Kafka's producer, with both under way, puts in order only after a long time, or never.
     */
    private void beginAlone(ProducerRecord<byte[], byte[]> record, Send send) {
        TopicPartition partition =
                new TopicPartition(record.topic(), record.partition() == null ? -1 : record.partition());
        if (!begun.contains(partition)) {
            if (send.handle((position, failure) -> failure == null).join()) {
                begun.add(partition);
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(OutgoingMessage message) {
        String topic = message.topic();
        MessageKey key = message.key();
        byte @Nullable [] keyBytes = null;
        @Nullable Integer partition = null;
        if (key != null) {
            String type = Framing.typeOf(key);
            keyBytes = Framing.key(schemaId(topic, type, "", Framing.schemaText(key.field(), type)), key);
            partition = choosesPartitions ? partition(topic, type, keyBytes) : null;
        }
        byte[] value = Framing.value(
                schemaId(topic, message.eventType(), Framing.VALUE_SUBJECT, message.schemaText()), message.data());
        return new ProducerRecord<>(topic, partition, keyBytes, value, Wire.toKafka(message.headers()));
    }

    private int partition(String topic, String keyType, byte[] key) {
        int firstId = id(new SchemaName(topic, keyType, ""), () -> registry.firstIdOf(topic + "-" + keyType));
        return Framing.partition(key, firstId, partitions(topic));
    }

    /** Kafka's producer takes a lock to tell, so it is not asked for every message. */
    private int partitions(String topic) {
        long now = System.nanoTime();
        Partitions known = partitions.get(topic);
        if (known == null || now - known.until() > 0) {
            known = new Partitions(producer().partitionsFor(topic).size(), now + PARTITIONS_KEPT_NANOS);
            partitions.put(topic, known);
        }
        return known.count();
    }

    private int schemaId(String topic, String what, String suffix, String text) {
        return id(new SchemaName(topic, what, text), () -> registry.idOf(topic + "-" + what + suffix, text));
    }

    private int id(SchemaName name, IntSupplier ask) {
        Integer known = schemaIds.get(name);
        if (known == null) {
            known = ask.getAsInt();
            schemaIds.put(name, known);
        }
        return known;
    }

    /** Made when it is first needed: it looks up the servers' names, which may not be there yet. */
    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            if (closed) {
                throw new IllegalStateException("the sink is closed");
            }
            producer = new KafkaProducer<>(properties);
        }
        return producer;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        closed = true;
        Producer<byte[], byte[]> open;
        synchronized (this) {
            open = producer;
        }
        try {
            if (open != null) {
                open.close(CLOSING);
            }
            for (ExecutorService each : List.of(threads, flushing, failing)) {
                each.shutdown();
                each.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptException | InterruptedException e) {
            interrupted = true;
        } finally {
            threads.shutdownNow();
            flushing.shutdownNow();
            failing.shutdown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
