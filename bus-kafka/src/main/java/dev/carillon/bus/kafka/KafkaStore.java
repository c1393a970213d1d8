package dev.carillon.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.StartAt;
import dev.carillon.bus.spi.IncomingMessage;
import dev.carillon.bus.spi.MessageStore;
import dev.carillon.bus.spi.RawMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are kept are the newest records of their names in a compacted topic of one partition; one that is discarded is a
 * record without a value.
 */
final class KafkaStore implements MessageStore {

    private final Map<String, Object> properties;
    private final GroupTopicMaker maker;
    private final KafkaFailure failures;
    private final TopicReader reader;
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaStore(KafkaSettings settings, GroupTopicMaker maker, KafkaFailure failures) {
        this.properties = settings.producer();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0"); // each call waits for its answer
        this.maker = maker;
        this.failures = failures;
        this.reader = new TopicReader(settings.reader(), failures);
    }

    @Override
    public synchronized String keep(String topic, String id, @Nullable String replaced, RawMessage message) {
        maker.compacted(topic);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, id.getBytes(UTF_8), message.value(), Wire.toKafka(message.headers()));
        RecordMetadata kept =
                send("keep a message in topic " + topic, topic, List.of(record)).get(0);
        return Position.text(kept.partition(), kept.offset());
    }

    @Override
    public synchronized void discard(String topic, String id, String place) {
        maker.compacted(topic);
        send(
                "discard a message of topic " + topic,
                topic,
                List.of(new ProducerRecord<>(topic, 0, id.getBytes(UTF_8), null)));
    }

    @Override
    public synchronized List<IncomingMessage> kept(String topic) {
        return newest(reader, topic);
    }

    /** Compaction may not have come by yet: of each name the newest record counts, unless it says that the message is gone. */
    static List<IncomingMessage> newest(TopicReader reader, String topic) {
        Map<String, IncomingMessage> newest = new LinkedHashMap<>();
        reader.read(topic, StartAt.earliest(), record -> {
            if (record.key() != null) {
                String id = new String(record.key(), UTF_8);
                newest.remove(id);
                if (record.value() != null) {
                    newest.put(id, withoutKey(TopicReader.message(record)));
                }
            }
            return true;
        });
        return List.copyOf(newest.values());
    }

    /** Its key is the name under which it is kept. */
    private static IncomingMessage withoutKey(IncomingMessage kept) {
        return IncomingMessage.of(kept.topic(), kept.position(), kept.headers(), kept.data());
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
            throw failures.of(asked, e);
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
