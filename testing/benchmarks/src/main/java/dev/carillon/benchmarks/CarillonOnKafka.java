package dev.carillon.benchmarks;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.EventProducer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.embedded.kafka.KafkaAndRegistry;
import dev.carillon.events.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The event bus, which produces to one topic and consumes another. */
final class CarillonOnKafka implements AutoCloseable {

    /** Every round of producing adds events. */
    static final String PRODUCED = "bench-produced";

    /** Contains the events of one round of consuming. */
    static final String CONSUMED = "bench-consumed";

    private static final int DISTINCT = 1_000;
    private static final String KEY_FIELD = "certificate.course.course_key";

    private final Events events = Events.create("benchmark");
    private final List<CertificateData> certificates = Certificates.many(DISTINCT);
    private final LongAdder received = new LongAdder();
    private final AtomicInteger groups = new AtomicInteger();
    private final String bootstrapServers;
    private final int count;
    private final EventBus bus;

    CarillonOnKafka(KafkaAndRegistry servers, int count) {
        this.bootstrapServers = servers.kafka().bootstrapServers();
        this.count = count;
        this.bus = EventBus.open(
                Settings.of(Map.of(
                        "EVENT_BUS_KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        "EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL",
                        servers.registry().url())),
                events);
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> received.increment());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // counted by the latch
    void produce() throws InterruptedException {
        CountDownLatch sent = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            send(PRODUCED, certificates.get(i % DISTINCT)).thenRun(sent::countDown);
        }
        sent.await();
    }

    private CompletableFuture<String> send(String topic, CertificateData certificate) {
        EventProducer producer = bus.producer();
        return producer.send(
                LearningSignals.CERTIFICATE_CREATED,
                topic,
                KEY_FIELD,
                certificate,
                events.newMetadata(LearningSignals.CERTIFICATE_CREATED));
    }

    void consume() {
        EventConsumer consumer = bus.consumer(
                List.of(CONSUMED),
                "carillon-" + groups.incrementAndGet(),
                ConsumerOptions.defaults().withStartAt(StartAt.earliest()).withMaxEvents(count));
        long before = received.sum();
        consumer.run();
        if (received.sum() - before != count) {
            throw new IllegalStateException("received " + (received.sum() - before) + " of " + count + " events");
        }
    }

    /** Records of the bus, for the peer to produce. */
    List<ConsumerRecord<byte[], byte[]>> recorded() {
        certificates.stream()
                .map(certificate -> send("bench-recorded", certificate))
                .toList()
                .forEach(CompletableFuture::join);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "recorder", "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("bench-recorded"));
            while (records.size() < DISTINCT) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        bus.close();
    }
}
