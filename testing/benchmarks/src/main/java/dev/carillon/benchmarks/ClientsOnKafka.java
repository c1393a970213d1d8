package dev.carillon.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.avro.EventCodec;
import dev.carillon.catalog.learning.LearningSignals;
import dev.carillon.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The plain Kafka clients with the records of the bus, and with the properties that the bus sets. */
final class ClientsOnKafka implements AutoCloseable {

    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int WARM_UP_RECORDS = 50;

    /** The number of bytes before the Avro data. */
    private static final int PREFIX = 5;

    private final String servers;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final int count;
    private final Schema writer = new Schema.Parser()
            .parse(EventCodec.of(LearningSignals.CERTIFICATE_CREATED).schemaText());
    private final AtomicInteger groups = new AtomicInteger();
    private final KafkaProducer<byte[], byte[]> producer;

    ClientsOnKafka(EmbeddedKafka kafka, List<ConsumerRecord<byte[], byte[]>> records, int count) {
        this.servers = kafka.bootstrapServers();
        this.records = records;
        this.count = count;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", "5", "batch.size", 128 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void produce() throws InterruptedException {
        produce(CarillonOnKafka.PRODUCED);
    }

    /** Produces the records that {@link #consume()} reads. */
    void produceOnce() throws InterruptedException, ExecutionException {
        // a new partition must have accepted a record before batches are pipelined
        for (ConsumerRecord<byte[], byte[]> record : records.subList(0, WARM_UP_RECORDS)) {
            producer.send(new ProducerRecord<>(
                            CarillonOnKafka.CONSUMED,
                            record.partition(),
                            record.key(),
                            record.value(),
                            record.headers()))
                    .get();
        }
        produce(CarillonOnKafka.CONSUMED);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets the result
    private void produce(String topic) throws InterruptedException {
        Semaphore permits = new Semaphore(MAX_IN_FLIGHT);
        for (int i = 0; i < count; i++) {
            permits.acquire();
            ConsumerRecord<byte[], byte[]> record = records.get(i % records.size());
            producer.send(
                    new ProducerRecord<>(topic, record.partition(), record.key(), record.value(), record.headers()),
                    (metadata, failure) -> permits.release());
        }
        permits.acquire(MAX_IN_FLIGHT);
    }

    void consume() {
        consume(record -> {});
    }

    /** Consumes the way a service without the bus does: decodes the headers as text, and the value with Avro. */
    void consumeAndDecode() {
        DatumReader<GenericRecord> reader = new GenericDatumReader<>(writer);
        consume(record -> decode(record, reader));
    }

    private static void decode(ConsumerRecord<byte[], byte[]> record, DatumReader<GenericRecord> reader) {
        try {
            Map<String, String> headers = new HashMap<>();
            record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
            byte[] value = record.value();
            reader.read(null, DecoderFactory.get().binaryDecoder(value, PREFIX, value.length - PREFIX, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void consume(Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        "clients-" + groups.incrementAndGet(),
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest",
                        "receive.buffer.bytes",
                        "-1"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(CarillonOnKafka.CONSUMED));
            int read = 0;
            while (read < count) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofSeconds(1));
                batch.forEach(receiver);
                read += batch.count();
                consumer.commitAsync();
            }
            consumer.commitSync();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
