package dev.carillon.benchmarks;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventConsumer;
import dev.carillon.bus.EventProducer;
import dev.carillon.bus.config.Settings;
import dev.carillon.bus.consumer.ConsumerOptions;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.catalog.learning.CertificateData;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.events.Events;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The event bus, which produces to a stream and consumes it. */
final class CarillonOnRedis implements AutoCloseable {

    static final String TOPIC = "bench";

    private static final int DISTINCT = 1_000;
    private static final String KEY_FIELD = "certificate.course.course_key";

    private final Events events = Events.create("benchmark");
    private final List<CertificateData> certificates = Certificates.many(DISTINCT);
    private final LongAdder received = new LongAdder();
    private final AtomicInteger groups = new AtomicInteger();
    private final int count;
    private final EventBus bus;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    CarillonOnRedis(String url, int count) {
        this.count = count;
        this.bus = EventBus.open(
                Settings.of(
                        Map.of("EVENT_BUS_REDIS_CONNECTION_URL", url, "EVENT_BUS_REDIS_STREAM_MAX_LEN", 10_000_000)),
                events);
        this.client = RedisClient.create(url);
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        events.connect(LearningSignals.CERTIFICATE_CREATED, event -> received.increment());
    }

    void produce() {
        EventProducer producer = bus.producer();
        CompletableFuture<?>[] sent = new CompletableFuture<?>[count];
        for (int i = 0; i < count; i++) {
            sent[i] = producer.send(
                    LearningSignals.CERTIFICATE_CREATED,
                    TOPIC,
                    KEY_FIELD,
                    certificates.get(i % DISTINCT),
                    events.newMetadata(LearningSignals.CERTIFICATE_CREATED));
        }
        CompletableFuture.allOf(sent).join();
    }

    void consume() {
        EventConsumer consumer = bus.consumer(
                List.of(TOPIC),
                "carillon-" + groups.incrementAndGet(),
                ConsumerOptions.defaults()
                        .withStartAt(StartAt.earliest())
                        .withKeyField(LearningSignals.CERTIFICATE_CREATED, KEY_FIELD)
                        .withMaxEvents(count));
        long before = received.sum();
        consumer.run();
        if (received.sum() - before != count) {
            throw new IllegalStateException("received " + (received.sum() - before) + " of " + count + " events");
        }
    }

    /** Entries of the bus, for the peer to produce. */
    List<Map<byte[], byte[]>> recorded() {
        EventProducer producer = bus.producer();
        certificates.forEach(certificate -> producer.send(
                        LearningSignals.CERTIFICATE_CREATED,
                        TOPIC,
                        KEY_FIELD,
                        certificate,
                        events.newMetadata(LearningSignals.CERTIFICATE_CREATED))
                .join());
        return connection.sync().xrange(key(), Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .toList();
    }

    void clear() {
        connection.sync().del(key());
    }

    static byte[] key() {
        return TOPIC.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        bus.close();
        connection.close();
        client.shutdown();
    }
}
