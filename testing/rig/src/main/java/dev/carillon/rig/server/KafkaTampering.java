package dev.carillon.rig.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Deletes records and topics. Records behind the committed offsets of the group count as not delivered. */
final class KafkaTampering implements TopicTampering {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** By how many records a recreated topic exceeds the old one. */
    private static final int EXCESS = 50;

    private final Map<String, Object> client;
    private final List<Integer> partitions;
    private final Admin admin;
    private final Map<TopicPartition, Long> oldEnds = new HashMap<>();

    KafkaTampering(String bootstrapServers, int partitions) {
        this.client = Map.of("bootstrap.servers", bootstrapServers);
        this.partitions = IntStream.range(0, partitions).boxed().toList();
        this.admin = Admin.create(client);
    }

    @Override
    public boolean canTrimWhileConsuming() {
        return false;
    }

    @Override
    public Lost trim(String topic, String group) {
        Map<TopicPartition, Long> from = positions(topic, group);
        Map<TopicPartition, Long> to = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            Map<TopicPartition, Long> ends = reader.endOffsets(from.keySet());
            from.forEach((partition, position) ->
                    to.put(partition, position + (ends.getOrDefault(partition, position) - position + 1) / 2));
            List<String> lost = read(reader, from, to);
            Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
            to.forEach((partition, end) -> deleted.put(partition, RecordsToDelete.beforeOffset(end)));
            await(admin.deleteRecords(deleted).all());
            return new Lost(lost, List.of());
        }
    }

    @Override
    public Lost recreate(String topic, String group) {
        Map<TopicPartition, Long> from = positions(topic, group);
        List<String> lost;
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            oldEnds.clear();
            oldEnds.putAll(reader.endOffsets(all(topic)));
            lost = read(reader, from, oldEnds);
        }
        await(admin.deleteTopics(List.of(topic)).all());
        create(topic);
        // consumers may have been given some of the records without having committed them
        return new Lost(List.of(), lost);
    }

    /** Retries, because the broker confirms the deletion of a topic before it is complete. */
    private void create(String topic) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        boolean created = false;
        while (!created) {
            try {
                await(admin.createTopics(List.of(new NewTopic(topic, partitions.size(), (short) 1)))
                        .all());
                created = true;
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof TopicExistsException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public void growPastOldEnd(String topic) {
        Header type = new RecordHeader("ce_type", "org.carillon.rig.filler.v1".getBytes(UTF_8));
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> reader = reader()) {
            reader.endOffsets(all(topic)).forEach((partition, end) -> {
                for (long i = end; i < oldEnds.getOrDefault(partition, 0L) + EXCESS; i++) {
                    send(producer, partition, type);
                }
            });
            producer.flush();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a filler that is not written is not needed
    private static void send(KafkaProducer<byte[], byte[]> producer, TopicPartition partition, Header type) {
        producer.send(new ProducerRecord<>(
                partition.topic(), partition.partition(), null, new byte[] {1}, new byte[] {1}, List.of(type)));
    }

    /** The committed offsets of the group; the beginning of a partition without one. */
    private Map<TopicPartition, Long> positions(String topic, String group) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader = reader()) {
            reader.beginningOffsets(all(topic)).forEach((partition, beginning) -> {
                OffsetAndMetadata position = committed.get(partition);
                positions.put(partition, position == null ? beginning : Math.max(beginning, position.offset()));
            });
        }
        return positions;
    }

    private Collection<TopicPartition> all(String topic) {
        return partitions.stream()
                .map(number -> new TopicPartition(topic, number))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The event ids of the records in these ranges; a record that is no event gets a made-up id, because it counts, too. */
    private static List<String> read(
            KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        List<String> ids = new ArrayList<>();
        reader.assign(to.keySet());
        to.keySet().forEach(partition -> reader.seek(partition, from.getOrDefault(partition, 0L)));
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (to.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Could not read the records to be deleted within " + TIMEOUT.toSeconds()
                        + " s, so the loss cannot be counted");
            }
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(PAUSE)) {
                long end = to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                Header id = record.headers().lastHeader("ce_id");
                if (record.offset() < end) {
                    ids.add(id == null ? "filler-" + UUID.randomUUID() : new String(id.value(), UTF_8));
                }
            }
        }
        return ids;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker refused: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
