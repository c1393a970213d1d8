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
 * Messages that are kept are the newest records of their names in a compacted topic of one partition; one that is discarded is a
 * record without a value.
 */
final class KafkaStore implements MessageStore {

    /** Less than what brokers read of one request by default. */
    private static final int LARGEST = 64 << 20;

    /** What a batch and its record have around key, value and headers, and each header has around itself; a little more. */
    private static final int AROUND_RECORD = 128;

    private static final int AROUND_HEADER = 16;

    private static final Duration RAISED_LIMIT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration RAISED_LIMIT_WAIT = Duration.ofMillis(100);

    private final Map<String, Object> properties;
    private final GroupTopicMaker maker;
    private final KafkaFailure failures;
    private final TopicReader reader;
    private final Map<String, NewestRecords> newest = new HashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaStore(KafkaSettings settings, GroupTopicMaker maker, KafkaFailure failures) {
        this.properties = producer(settings);
        this.maker = maker;
        this.failures = failures;
        this.reader = new TopicReader(settings.reader(), failures);
    }

    /** For messages that are sent one at a time, and may be larger than those that they come from: topics set the limit, not we. */
    private static Map<String, Object> producer(KafkaSettings settings) {
        Map<String, Object> properties = settings.producer();
        ProducerConfig config = new ProducerConfig(properties);
        int largest = Math.max(LARGEST, config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Math.max(largest, config.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG)));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0"); // each call waits for its answer
        // What a topic limits is the size behind this: so most fits that would not, also where nobody may raise the
        // limit.
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        return properties;
    }

    @Override
    public synchronized String keep(String topic, String id, @Nullable String replaced, RawMessage message) {
        maker.compacted(topic);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, id.getBytes(UTF_8), message.value(), Wire.toKafka(message.headers()));
        return write("keep a message in topic " + topic, record);
    }

    @Override
    public synchronized void discard(String topic, String id, String place) {
        maker.compacted(topic);
        write("discard a message of topic " + topic, new ProducerRecord<>(topic, 0, id.getBytes(UTF_8), null));
    }

    @Override
    public synchronized void discard(String topic, String place) {
        at(topic, place)
                .ifPresent(record -> write(
                        "discard a message of topic " + topic,
                        new ProducerRecord<>(topic, record.partition(), record.key(), null)));
    }

    /** Answers the place. */
    private String write(String asked, ProducerRecord<byte[], byte[]> record) {
        RecordMetadata written = send(asked, record.topic(), List.of(record)).get(0);
        newest(record.topic()).wrote(record, written.offset());
        return Position.text(written.partition(), written.offset());
    }

    @Override
    public synchronized <T> List<T> kept(String topic, Function<IncomingMessage, T> reader) {
        return newest(topic).read(record -> reader.apply(keptIn(record).withoutData(record.key())));
    }

    private NewestRecords newest(String topic) {
        return newest.computeIfAbsent(topic, name -> new NewestRecords(reader, name));
    }

    @Override
    public synchronized Optional<IncomingMessage> kept(String topic, String place) {
        return at(topic, place).map(KafkaStore::keptIn);
    }

    /** Kafka itself does not see what was kept: its place is all that is read of it. */
    private static IncomingMessage keptIn(ConsumerRecord<byte[], byte[]> record) {
        return IncomingMessage.of(
                record.topic(),
                Position.text(record.partition(), record.offset()),
                Wire.fromKafka(record.headers()),
                record.value());
    }

    /** The record at a place, where it has a name and a value, and is still the newest of that name. */
    private Optional<ConsumerRecord<byte[], byte[]>> at(String topic, String place) {
        Position position;
        try {
            position = Position.parse(place);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // nothing stands at what is no place
        }
        @Nullable
        ConsumerRecord<byte[], byte[]> record =
                reader.at(new TopicPartition(topic, position.partition()), position.offset());
        return Optional.ofNullable(record)
                .filter(each -> each.key() != null
                        && each.value() != null
                        && newest(topic).has(each));
    }

    @Override
    public synchronized void send(String topic, List<RawMessage> messages) {
        maker.plain(List.of(topic));
        String asked = "take messages for topic " + topic;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(messages.size());
        try {
            int partitions = producer().partitionsFor(topic).size();
            for (RawMessage message : messages) {
                records.add(new ProducerRecord<>(
                        topic,
                        Framing.partition(message.key(), partitions),
                        message.key(),
                        message.value(),
                        Wire.toKafka(message.headers())));
            }
        } catch (RuntimeException e) {
            throw failures.of(asked, e);
        }
        send(asked, topic, records);
    }

    private List<RecordMetadata> send(String asked, String topic, List<ProducerRecord<byte[], byte[]>> records) {
        int largest = records.stream().mapToInt(KafkaStore::size).max().orElse(0);
        boolean raised = maker.makeRoom(topic, largest);
        long deadline = System.nanoTime() + RAISED_LIMIT_PATIENCE.toNanos();
        while (true) {
            try {
                return sendOnce(asked + " (the largest is of " + largest + " bytes)", topic, records);
            } catch (UnpublishableException e) {
                if (!raised || deadline - System.nanoTime() < 0) {
                    throw e;
                }
                LockSupport.parkNanos(RAISED_LIMIT_WAIT.toNanos());
            }
        }
    }

    /** About how large it is for its topic, uncompressed. */
    private static int size(ProducerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        int size = AROUND_RECORD + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : record.headers()) {
            size += AROUND_HEADER + header.key().length() + header.value().length;
        }
        return size;
    }

    private List<RecordMetadata> sendOnce(String asked, String topic, List<ProducerRecord<byte[], byte[]>> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer().send(record));
            }
            List<RecordMetadata> answers = new ArrayList<>(sent.size());
            for (Future<RecordMetadata> each : sent) {
                answers.add(each.get());
            }
            return answers;
        } catch (ExecutionException | RuntimeException e) {
            maker.forget(topic);
            throw failures.ofMessage(asked, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of(asked, e);
        }
    }

    /** Made when it is first needed: it looks up the servers' names, which may not be there yet. */
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

    /** Nothing is under way: each call waited. */
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
