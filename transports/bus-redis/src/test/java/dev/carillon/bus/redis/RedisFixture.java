package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.config.Settings;
import dev.carillon.bus.config.SettingsReader;
import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.Header;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSink;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.OutgoingMessage;
import dev.carillon.bus.transport.SourceSpec;
import dev.carillon.bus.transport.StartAt;
import dev.carillon.bus.transport.Transport;
import dev.carillon.embedded.EmbeddedRedis;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A fixture of a test on Redis: transports, unique topic names, and a Lettuce client that acts as another program. */
final class RedisFixture implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The common pool has few threads: tests that run at the same time would wait for each other's blocking calls. */
    static final Executor NEW_THREAD = task -> new Thread(task, "test").start();

    private static final Duration INSPECTION_INTERVAL = Duration.ofMillis(20);

    private final String url;
    private final Deque<Closer> open = new ArrayDeque<>();
    private final List<GroupIncident> incidents = new CopyOnWriteArrayList<>();
    private final String suffix = UUID.randomUUID().toString();
    private @Nullable Transport transport;
    private @Nullable RedisCommands<String, String> client;

    RedisFixture(EmbeddedRedis redis) {
        this(redis.url());
    }

    RedisFixture(String url) {
        this.url = url;
    }

    private interface Closer {
        void close();
    }

    private void closeAtEnd(Closer closer) {
        open.push(closer);
    }

    String topic() {
        return topic("topic");
    }

    String topic(String name) {
        return name + "-" + suffix;
    }

    /** The incidents that the sources reported, in order. */
    List<GroupIncident> incidents() {
        return incidents;
    }

    List<GroupIncident.Kind> incidentKinds() {
        return incidents.stream().map(GroupIncident::kind).toList();
    }

    Transport transport() {
        if (transport == null) {
            transport = transport(url, Map.of());
            closeAtEnd(transport::close);
        }
        return transport;
    }

    /** Makes sources inspect their groups every few milliseconds, so that tests do not wait for it. */
    RedisFixture inspectingContinuously() {
        return withInterval(INSPECTION_INTERVAL);
    }

    /** Makes sources inspect their groups only at startup, so that they do nothing but read afterwards. */
    RedisFixture inspectingOnce() {
        return withInterval(Duration.ofHours(1));
    }

    private RedisFixture withInterval(Duration interval) {
        List<String> problems = new ArrayList<>();
        RedisUrl parsed = RedisUrlParser.parse(url, problems::add);
        if (parsed == null || !problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        transport = new RedisTransport(parsed, 10_000, new GroupMonitor.Intervals(interval, interval));
        closeAtEnd(transport::close);
        return this;
    }

    /** Lets a continuously inspecting source inspect its groups, without reading. */
    static void inspect(MessageSource source) {
        long end = System.nanoTime() + 2 * INSPECTION_INTERVAL.toNanos();
        while (System.nanoTime() < end) {
            source.poll(0, Duration.ZERO);
        }
        source.poll(0, Duration.ZERO);
    }

    static Transport transport(String url, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(RedisTransportProvider.URL, url);
        SettingsReader reader = new SettingsReader(Settings.of(all));
        var prepared = new RedisTransportProvider().prepare(reader, java.util.Optional.empty());
        reader.finish();
        return prepared.get();
    }

    MessageSink sink() {
        MessageSink sink = transport().sink();
        closeAtEnd(sink::close);
        return sink;
    }

    /** A source that starts at the earliest message and has a generated name. */
    MessageSource source(String... topics) {
        return source(spec(null, StartAt.earliest(), Map.of(), topics));
    }

    MessageSource namedSource(String name, String... topics) {
        return source(spec(name, StartAt.earliest(), Map.of(), topics));
    }

    /** A source that shares the group with others of its kind. */
    MessageSource sharingSource(String... topics) {
        return source(spec(null, StartAt.earliest(), Map.of(SourceOptions.SHARING, true), topics));
    }

    /** A source that shares the group, and claims what others leave unacknowledged for this many milliseconds. */
    MessageSource claimingSource(String name, int claimMillis, String... topics) {
        return source(spec(
                name,
                StartAt.earliest(),
                Map.of(SourceOptions.CLAIM_MSGS_OLDER_THAN, claimMillis, SourceOptions.SHARING, true),
                topics));
    }

    MessageSource source(SourceSpec spec) {
        MessageSource source = transport().source(spec, incidents::add);
        closeAtEnd(source::close);
        return source;
    }

    SourceSpec spec(@Nullable String name, StartAt start, Map<String, Object> extra, String... topics) {
        return new SourceSpec(List.of(topics), "group", name, start, extra);
    }

    /** A message whose data is its number. */
    static OutgoingMessage message(String topic, int number) {
        return new OutgoingMessage(
                topic,
                "org.carillon.test.v1",
                List.of(Header.of("type", "org.carillon.test.v1"), Header.of("id", "id-" + number)),
                null,
                Integer.toString(number).getBytes(UTF_8),
                "");
    }

    /** Publishes messages with the numbers from 0 to the count (exclusive), and waits until Redis has them. */
    List<String> publish(String topic, int count) {
        return publish(topic, 0, count);
    }

    List<String> publish(String topic, int from, int to) {
        MessageSink sink = transport().sink();
        try (sink) {
            return java.util.stream.IntStream.range(from, to)
                    .mapToObj(number -> sink.send(message(topic, number)))
                    .toList()
                    .stream()
                    .map(java.util.concurrent.CompletableFuture::join)
                    .toList();
        }
    }

    static int number(IncomingMessage message) {
        return Integer.parseInt(new String(message.data(), UTF_8));
    }

    static List<Integer> numbers(List<IncomingMessage> messages) {
        return messages.stream().map(RedisFixture::number).toList();
    }

    /** Polls this many messages. */
    static List<IncomingMessage> poll(MessageSource source, int count) {
        List<IncomingMessage> messages = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (messages.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Got " + numbers(messages) + " instead of " + count + " messages");
            }
            messages.addAll(source.poll(count - messages.size(), Duration.ofMillis(500)));
        }
        return messages;
    }

    /** Polls this many messages, acknowledges them and returns their numbers. */
    static List<Integer> consume(MessageSource source, int count) {
        List<IncomingMessage> messages = poll(source, count);
        source.acknowledge(messages);
        return numbers(messages);
    }

    /** Sends a signal to the server's process: STOP makes it hang, CONT continue. */
    static void signal(EmbeddedRedis redis, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(redis.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + signal + " failed");
        }
    }

    /** A Lettuce client, for what other programs do with Redis. */
    RedisCommands<String, String> client() {
        if (client == null) {
            RedisClient redis = RedisClient.create(url);
            closeAtEnd(redis::shutdown);
            client = redis.connect().sync();
        }
        return client;
    }

    /** Reads one message as another consumer of the group, such as the Python consumer. */
    @SuppressWarnings("unchecked") // the client takes an array of a generic type
    List<StreamMessage<String, String>> readOneAs(String consumer, String topic) {
        return client().xreadgroup(
                        Consumer.from("group", consumer),
                        XReadArgs.Builder.count(1),
                        XReadArgs.StreamOffset.lastConsumed(topic));
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
