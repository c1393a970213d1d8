package dev.carillon.embedded.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer, a consumer and an administrator that live for one call. */
record Clients(Map<String, Object> properties) {

    static Clients of(EmbeddedKafka kafka) {
        return new Clients(Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "default.api.timeout.ms", 5_000,
                "request.timeout.ms", 5_000));
    }

    Clients with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putAll(more);
        return new Clients(all);
    }

    void send(String topic, String value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    /** Reads as a member of a group, which needs the broker's own topic for offsets. */
    List<String> read(String topic, int count) {
        Map<String, Object> reading = with(Map.of(
                        "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest"))
                .properties();
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long start = System.nanoTime();
            while (values.size() < count
                    && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
                consumer.poll(Duration.ofMillis(100)).forEach(read -> values.add(read.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    int partitions(String topic) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            return producer.partitionsFor(topic).size();
        }
    }

    List<Integer> ports() throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(properties);
        try {
            return admin.describeCluster().nodes().get().stream()
                    .map(Node::port)
                    .toList();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    boolean responds() throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(properties);
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size() == 1;
        } catch (TimeoutException e) {
            return false;
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
