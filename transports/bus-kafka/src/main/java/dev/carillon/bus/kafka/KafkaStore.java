package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageStore;
import dev.carillon.bus.transport.RawMessage;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.UnpublishableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Stores dead letters in compacted topics of one partition: the newest record of each key counts, and a record without a value
 * (tombstone) discards it.
 */
final class KafkaStore implements MessageStore {

    /** Below the default limit of brokers for one request. */
    private static final int MIN_REQUEST_LIMIT_BYTES = 64 << 20;

    /** The most that Kafka adds to the key, value and headers of a record in a batch of its own. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    private static final int HEADER_OVERHEAD_BYTES = 16;

    private static final Duration RAISED_LIMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RAISED_LIMIT_WAIT = Duration.ofMillis(100);

    private final Map<String, Object> properties;
    private final GroupTopicCreator topicCreator;
    private final KafkaExceptionTranslator exceptions;
    private final TopicReader reader;
    private final Map<String, CompactedTopic> compactedTopics = new HashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaStore(KafkaSettings settings, GroupTopicCreator topicCreator, KafkaExceptionTranslator exceptions) {
        this.properties = producer(settings);
        this.topicCreator = topicCreator;
        this.exceptions = exceptions;
        this.reader = new TopicReader(settings.reader(), exceptions);
    }

    /** Sends one message at a time. A dead letter is larger than its event, so only the topic limits the size. */
    private static Map<String, Object> producer(KafkaSettings settings) {
        Map<String, Object> properties = settings.producer();
        int largest = (int) Math.max(
                MIN_REQUEST_LIMIT_BYTES,
                ClientProperty.PRODUCER.number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Math.max(largest, ClientProperty.PRODUCER.number(properties, ProducerConfig.BUFFER_MEMORY_CONFIG)));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0"); // each call waits for its own message
        // A topic's limit applies to compressed batches, so most dead letters fit even if the limit cannot be raised.
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        return properties;
    }

    @Override
    public synchronized String put(String topic, String id, @Nullable String replaced, RawMessage message) {
        topicCreator.requireCompacted(topic);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, id.getBytes(UTF_8), message.value(), KafkaHeaders.toKafka(message.headers()));
        return write("store a message in topic " + topic, record);
    }

    @Override
    public synchronized void discard(String topic, String id, String place) {
        topicCreator.createCompacted(topic);
        write("discard a message in topic " + topic, new ProducerRecord<>(topic, 0, id.getBytes(UTF_8), null));
    }

    @Override
    public synchronized void discard(String topic, String place) {
        at(topic, place)
                .ifPresent(record -> write(
                        "discard a message in topic " + topic,
                        new ProducerRecord<>(topic, record.partition(), record.key(), null)));
    }

    /** Returns the position. */
    private String write(String action, ProducerRecord<byte[], byte[]> record) {
        RecordMetadata written = send(action, record.topic(), List.of(record)).get(0);
        compacted(record.topic()).wrote(record, written.offset());
        return RecordPosition.text(written.partition(), written.offset());
    }

    @Override
    public synchronized <T> List<T> list(String topic, Function<IncomingMessage, T> reader) {
        return compacted(topic).read(record -> reader.apply(stored(record).withoutData(record.key())));
    }

    private CompactedTopic compacted(String topic) {
        return compactedTopics.computeIfAbsent(topic, name -> new CompactedTopic(reader, name));
    }

    @Override
    public synchronized Optional<IncomingMessage> find(String topic, String place) {
        return at(topic, place).map(KafkaStore::stored);
    }

    /** The stored message, without the wire format and schema of events. */
    private static IncomingMessage stored(ConsumerRecord<byte[], byte[]> record) {
        return IncomingMessage.of(
                record.topic(),
                new RecordPosition(record.partition(), record.offset()),
                KafkaHeaders.fromKafka(record.headers()),
                record.value());
    }

    /** The record at a position, if it is still the newest of its key and not a tombstone. */
    private Optional<ConsumerRecord<byte[], byte[]>> at(String topic, String place) {
        RecordPosition position;
        try {
            position = RecordPosition.parse(place);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not a Kafka position, so nothing is there
        }
        @Nullable
        ConsumerRecord<byte[], byte[]> record =
                reader.at(new TopicPartition(topic, position.partition()), position.offset());
        return Optional.ofNullable(record)
                .filter(each -> each.key() != null
                        && each.value() != null
                        && compacted(topic).isCurrent(each));
    }

    @Override
    public synchronized void send(String topic, List<RawMessage> messages) {
        topicCreator.createPlain(List.of(topic));
        String action = "accept messages for topic " + topic;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(messages.size());
        try {
            int partitions = producer().partitionsFor(topic).size();
            for (RawMessage message : messages) {
                records.add(new ProducerRecord<>(
                        topic,
                        WireFormat.partition(message.key(), partitions),
                        message.key(),
                        message.value(),
                        KafkaHeaders.toKafka(message.headers())));
            }
        } catch (RuntimeException e) {
            throw exceptions.translate(action, e);
        }
        send(action, topic, records);
    }

    private List<RecordMetadata> send(String action, String topic, List<ProducerRecord<byte[], byte[]>> records) {
        int largest = records.stream().mapToInt(KafkaStore::size).max().orElse(0);
        boolean raised = topicCreator.raiseSizeLimit(topic, largest);
        long deadline = System.nanoTime() + RAISED_LIMIT_TIMEOUT.toNanos();
        while (true) {
            try {
                return sendOnce(action + " (the largest has " + largest + " bytes)", topic, records);
            } catch (UnpublishableException e) {
                if (!raised || deadline - System.nanoTime() < 0) {
                    throw e;
                }
                LockSupport.parkNanos(RAISED_LIMIT_WAIT.toNanos());
            }
        }
    }

    /** About the size that the topic's limit applies to, without compression. */
    private static int size(ProducerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        int size = RECORD_OVERHEAD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : record.headers()) {
            size += HEADER_OVERHEAD_BYTES + header.key().length() + header.value().length;
        }
        return size;
    }

    private List<RecordMetadata> sendOnce(String action, String topic, List<ProducerRecord<byte[], byte[]>> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer().send(record));
            }
            List<RecordMetadata> results = new ArrayList<>(sent.size());
            for (Future<RecordMetadata> each : sent) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException | RuntimeException e) {
            topicCreator.forget(topic);
            throw exceptions.translateSendFailure(action, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exceptions.translate(action, e);
        }
    }

    /** Not in the constructor: the client resolves the servers' host names, which may not exist yet. */
    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(properties);
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void read(String topic, StartAt from, Predicate<IncomingMessage> visitor) {
        reader.read(topic, from, record -> visitor.test(TopicReader.message(record)));
    }

    /** Nothing is in flight, because each call waits. */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        try {
            reader.close();
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
