package dev.carillon.benchmarks;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain Lettuce with the entries of the bus: pipelined XADD, and XREADGROUP in batches with pipelined XACK. */
final class LettuceOnRedis implements AutoCloseable {

    private static final int MAX_IN_FLIGHT = 10_000;
    private static final int BATCH = 500;

    private final List<Map<byte[], byte[]>> entries;
    private final int count;
    private final AtomicInteger groups = new AtomicInteger();
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    LettuceOnRedis(String url, List<Map<byte[], byte[]>> entries, int count) {
        this.entries = entries;
        this.count = count;
        this.client = RedisClient.create(url);
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    void produce() throws InterruptedException {
        Semaphore permits = new Semaphore(MAX_IN_FLIGHT);
        XAddArgs arguments = XAddArgs.Builder.maxlen(10_000_000).approximateTrimming();
        for (int i = 0; i < count; i++) {
            permits.acquire();
            RedisFuture<String> sent =
                    connection.async().xadd(CarillonOnRedis.key(), arguments, entries.get(i % entries.size()));
            sent.whenComplete((id, failure) -> permits.release());
        }
        permits.acquire(MAX_IN_FLIGHT);
    }

    @SuppressWarnings("unchecked") // varargs of a generic type
    void consume() {
        byte[] group = ("lettuce-" + groups.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        connection.sync().xgroupCreate(StreamOffset.from(CarillonOnRedis.key(), "0-0"), group);
        Consumer<byte[]> consumer = Consumer.from(group, group);
        int read = 0;
        RedisFuture<Long> acknowledged = null;
        while (read < count) {
            List<StreamMessage<byte[], byte[]>> batch = connection
                    .sync()
                    .xreadgroup(
                            consumer,
                            XReadArgs.Builder.count(BATCH).block(1_000),
                            StreamOffset.lastConsumed(CarillonOnRedis.key()));
            read += batch.size();
            acknowledged = connection
                    .async()
                    .xack(
                            CarillonOnRedis.key(),
                            group,
                            batch.stream().map(StreamMessage::getId).toArray(String[]::new));
        }
        if (acknowledged != null) {
            acknowledged.toCompletableFuture().join();
        }
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
