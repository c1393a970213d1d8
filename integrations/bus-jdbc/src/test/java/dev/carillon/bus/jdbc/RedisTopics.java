package dev.carillon.bus.jdbc;

import dev.carillon.bus.EventBus;
import dev.carillon.bus.EventProducer;
import dev.carillon.bus.Outbox.EncodedEvent;
import dev.carillon.bus.config.Settings;
import dev.carillon.events.Events;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A producer on Redis, and the events that it has published, each as the text with which it was created. */
final class RedisTopics implements AutoCloseable {

    private final Events events = Events.create("test");
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final EventBus bus;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    RedisTopics(Settings settings) {
        bus = EventBus.open(settings.with("EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED", false), events);
        client = RedisClient.create(
                String.valueOf(settings.value("EVENT_BUS_REDIS_CONNECTION_URL").orElseThrow()));
        connection = client.connect();
    }

    EventProducer producer() {
        return bus.producer();
    }

    EncodedEvent event(String topic, String text) {
        return event(topic, text, text);
    }

    EncodedEvent event(String topic, String text, String data) {
        EncodedEvent event = producer()
                .encode(Step.TAKEN, topic, "step.learner", new Step("learner", data), events.newMetadata(Step.TAKEN));
        texts.put(event.metadata().id().toString(), text);
        return event;
    }

    /** The texts of the events in the topic, in their order. */
    List<String> published(String topic) {
        String stream = event(topic, "unused").topic();
        return connection.sync().xrange(stream, Range.unbounded()).stream()
                .map(entry -> texts.getOrDefault(entry.getBody().get("id"), "unknown"))
                .toList();
    }

    /** Sets {@code maxmemory}, in bytes; 0 for no limit. */
    void limitMemory(String bytes) {
        connection.sync().configSet("maxmemory", bytes);
    }

    /** Makes all writes wait from now on. */
    void pauseWrites() {
        client("PAUSE", "600000", "WRITE");
    }

    void resumeWrites() {
        client("UNPAUSE");
    }

    private void client(String... args) {
        CommandArgs<String, String> command = new CommandArgs<>(StringCodec.UTF8);
        for (String arg : args) {
            command.add(arg);
        }
        connection.sync().dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), command);
    }

    /** Whether a client is waiting to write. */
    boolean isWritePaused() {
        return !connection.sync().info("clients").contains("blocked_clients:0");
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        bus.close();
    }
}
