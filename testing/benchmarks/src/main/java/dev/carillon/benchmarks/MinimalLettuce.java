package dev.carillon.benchmarks;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The peer of {@link MinimalCarillon}: XREADGROUP and XACK in a loop, without decoding. */
public final class MinimalLettuce {

    private static final int BATCH = 500;

    private MinimalLettuce() {}

    /** The arguments are those of {@link MinimalCarillon#main}. */
    @SuppressWarnings("unchecked") // varargs of a generic type
    public static void main(String[] arguments) throws Exception {
        Footprint footprint = new Footprint(Long.parseLong(arguments[3]));
        byte[] stream = arguments[4].getBytes(StandardCharsets.UTF_8);
        byte[] group = arguments[1].getBytes(StandardCharsets.UTF_8);
        int left = Integer.parseInt(arguments[2]);
        RedisClient client = RedisClient.create(arguments[0]);
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            connection.sync().xgroupCreate(StreamOffset.from(stream, "0-0"), group);
            while (left > 0) {
                List<StreamMessage<byte[], byte[]>> batch = connection
                        .sync()
                        .xreadgroup(
                                Consumer.from(group, group),
                                XReadArgs.Builder.count(BATCH).block(1_000),
                                StreamOffset.lastConsumed(stream));
                batch.forEach(message -> footprint.received());
                connection
                        .sync()
                        .xack(
                                stream,
                                group,
                                batch.stream().map(StreamMessage::getId).toArray(String[]::new));
                left -= batch.size();
            }
            footprint.print();
        } finally {
            client.shutdown();
        }
    }
}
