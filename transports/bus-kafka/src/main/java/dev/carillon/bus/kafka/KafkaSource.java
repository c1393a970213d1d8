package dev.carillon.bus.kafka;

import dev.carillon.bus.kafka.registry.SchemaRegistry;
import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource;
import dev.carillon.bus.transport.MessageSource.AckMode;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as one member of a group.
 *
 * <p>Kafka's consumer must be polled all the time to stay a member. While there is no room for more, or a schema is waited for,
 * it is polled with its partitions paused: so the group never takes a slow receiver for a dead member, and no more is kept here
 * than one batch.
 */
final class KafkaSource implements MessageSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final long STAY_MEMBER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A broker that says nothing for so long is asked whether it is there. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Object> properties;
    private final SourceOptions options;
    private final SourceListener listener;
    private final GroupTopicMaker maker;
    private final KafkaFailure failures;
    private final RecordReader reader;
    private final RecordFinder finder;
    private final AdminLink admin;
    private final TopicWatch watch;
    private final String asked;
    private final Duration callPatience;
    private final Duration rebalancePatience;

    private final OwnedPartitions owned = new OwnedPartitions();

    /** Read, and not handed out yet. */
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> ready = new ArrayDeque<>();

    /** When the last of those came. */
    private long readNanos;

    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Commits commits;
    private @Nullable StartPositions positions;
    private @Nullable Progress progress;

    private boolean paused;
    private Set<String> pausedTopics = Set.of();
    private boolean closing;
    private long lastPoll;
    private long lastSign;
    private long lastPassedOver = System.nanoTime();

    KafkaSource(
            KafkaSettings settings,
            Map<String, Object> properties,
            SourceOptions options,
            SchemaRegistry registry,
            SourceListener listener,
            GroupTopicMaker maker,
            KafkaFailure failures) {
        this.properties = properties;
        this.options = options;
        this.listener = listener;
        this.maker = maker;
        this.failures = failures;
        this.reader = new RecordReader(registry);
        this.asked = "read topics " + String.join(", ", options.spec().topics()) + " for group "
                + options.spec().group();
        ConsumerConfig config = new ConsumerConfig(properties);
        Duration configured = Duration.ofMillis(config.getInt(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
        this.callPatience = configured.compareTo(LONGEST_CALL) < 0 ? configured : LONGEST_CALL;
        this.finder = new RecordFinder(settings.reader(), callPatience);
        this.admin = new AdminLink(settings.admin(callPatience), settings.isolation(), failures);
        this.watch = new TopicWatch(admin, options.spec().topics());
        this.rebalancePatience = Duration.ofMillis(config.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG) / 2);
    }

    @Override
    public List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        try {
            Consumer<byte[], byte[]> open = open();
            commits().send();
            if (max == 0 || !ready.isEmpty()) {
                stayMember(open);
            } else {
                fetch(open, timeout);
            }
            watchTopics(open);
            drop(positions().learn(open.assignment()));
            return take(max, maxBytes);
        } catch (TransportException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failures.of(asked, e);
        }
    }

    @Override
    public String topicId(String topic) {
        return watch.id(topic);
    }

    /**
     * What is in flight of a topic that was made anew is of no use for the new one: above all its offsets. Looked at before anything
     * is handed out, or events that stand behind the old position would overtake those before it. It may turn out to be the same
     * topic still, where the broker that was asked had not heard of it yet.
     */
    private void watchTopics(Consumer<byte[], byte[]> open) {
        Set<String> remade = ready.isEmpty() ? Set.of() : watch.remade(readNanos);
        if (!remade.isEmpty()) {
            List<TopicPartition> partitions = open.assignment().stream()
                    .filter(partition -> remade.contains(partition.topic()))
                    .toList();
            listener.partitionsLost(OwnedPartitions.named(partitions));
            forget(partitions);
            positions().doubt(partitions);
        }
    }

    /** For tests that make it err. */
    TopicWatch watch() {
        return watch;
    }

    private void forget(Collection<TopicPartition> partitions) {
        drop(partitions);
        commits().forget(partitions);
        positions().forget(partitions);
        progress().forget(partitions);
    }

    @Override
    public List<IncomingMessage> readAgain(Partition partition, List<String> positions) {
        if (positions.isEmpty()) {
            return List.of();
        }
        try {
            RecordFinder.Found found = finder.find(partition, positions);
            if (!found.gone().isEmpty()) {
                listener.incident(RecordFinder.loss(partition, options.spec().group(), found.gone()));
            }
            return found.records().stream().map(reader::read).toList();
        } catch (TransportException e) {
            throw e;
        } catch (RuntimeException e) {
            finder.close();
            throw failures.of("give messages of " + partition + " again", e);
        }
    }

    @Override
    public boolean owns(IncomingMessage message) {
        return owned.contains(message);
    }

    /** Made when it is first needed: it looks up the servers' names, which may not be there yet. */
    private Consumer<byte[], byte[]> open() {
        if (consumer == null) {
            new DeadLetterTopicCheck(admin).require(options);
            maker.plain(options.spec().ownTopics());
            Consumer<byte[], byte[]> made = new KafkaConsumer<>(properties);
            consumer = made;
            Commits toSend = new Commits(made, options.spec().group());
            Progress begun = new Progress(made);
            commits = toSend;
            progress = begun;
            positions = new StartPositions(made, options, listener, watch, begun, toSend, callPatience);
            made.subscribe(options.spec().topics(), new Rebalance());
            lastSign = System.nanoTime() - QUIET_NANOS;
        }
        return consumer;
    }

    private Progress progress() {
        return java.util.Objects.requireNonNull(progress, "made with the consumer");
    }

    private Commits commits() {
        return java.util.Objects.requireNonNull(commits, "made with the consumer");
    }

    private StartPositions positions() {
        return java.util.Objects.requireNonNull(positions, "made with the consumer");
    }

    private void stayMember(Consumer<byte[], byte[]> open) {
        if (System.nanoTime() - lastPoll >= STAY_MEMBER_NANOS) {
            paused = true;
            open.pause(open.assignment());
            read(open, Duration.ZERO);
        }
    }

    private void fetch(Consumer<byte[], byte[]> open, Duration timeout) {
        if (System.nanoTime() - lastSign >= QUIET_NANOS) {
            askForSign(open);
        }
        if (System.nanoTime() - lastPassedOver >= QUIET_NANOS) {
            lastPassedOver = System.nanoTime();
            open.assignment().forEach(this::passOver);
        }
        if (paused) {
            paused = false;
            open.resume(open.assignment());
            open.pause(ofPausedTopics(open.assignment()));
        }
        read(open, timeout);
    }

    /** The client is silent about brokers that are away; this is not. */
    private void askForSign(Consumer<byte[], byte[]> open) {
        open.committed(Set.of(new TopicPartition(options.spec().topics().get(0), 0)), callPatience);
        lastSign = System.nanoTime();
    }

    /** Behind the last message that was finished there may stand what is no message. Nothing read waits to be handed out. */
    private void passOver(TopicPartition partition) {
        progress()
                .behind(partition)
                .ifPresent(next -> commits().add(Map.of(partition, positions().mark(partition, next)), () -> {}));
    }

    private void read(Consumer<byte[], byte[]> open, Duration timeout) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : open.poll(timeout)) {
                ready.add(record);
            }
            if (!ready.isEmpty()) {
                readNanos = System.nanoTime();
                lastSign = readNanos;
            }
        } catch (NoOffsetForPartitionException e) {
            positions().place(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            Set<TopicPartition> setBack = positions().recover(e.offsetOutOfRangePartitions());
            if (!setBack.isEmpty()) {
                listener.partitionsLost(OwnedPartitions.named(setBack));
                drop(setBack);
                commits().forget(setBack);
            }
        }
        lastPoll = System.nanoTime();
    }

    private List<IncomingMessage> take(int max, long maxBytes) {
        List<IncomingMessage> messages = new ArrayList<>(Math.min(max, ready.size()));
        long bytes = 0;
        try {
            while (messages.size() < max && bytes < maxBytes && !ready.isEmpty()) {
                ConsumerRecord<byte[], byte[]> record = ready.getFirst();
                IncomingMessage message = reader.read(record);
                ready.removeFirst();
                progress().handedOut(new TopicPartition(record.topic(), record.partition()), record.offset());
                messages.add(message);
                bytes += message.data().length;
            }
        } catch (TransportException e) {
            if (messages.isEmpty()) {
                throw e;
            }
        }
        return messages;
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages) {
        acknowledge(messages, () -> {});
    }

    @Override
    public void acknowledge(List<IncomingMessage> messages, Runnable taken) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            boolean all = true;
            for (IncomingMessage message : messages) {
                OffsetAndMetadata next = positions().finished(message);
                if (next != null) {
                    offsets.put(new TopicPartition(message.topic(), message.partition()), next);
                }
                all &= next != null;
            }
            if (!offsets.isEmpty()) {
                commits().add(offsets, all ? taken : () -> {});
            }
            commits().send();
        } catch (RuntimeException e) {
            throw failures.of("take acknowledgements of group " + options.spec().group(), e);
        }
    }

    @Override
    public AckMode ackMode() {
        return AckMode.CUMULATIVE;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        closing = true;
        try {
            Consumer<byte[], byte[]> open = consumer;
            if (open != null) {
                owned.remove(open.assignment());
                finish(open.assignment());
                open.close(CloseOptions.timeout(callPatience));
            }
        } catch (RuntimeException e) {
            LOG.debug(
                    "The consumer of group {} was not closed in order",
                    options.spec().group(),
                    e);
        } finally {
            finder.close();
            watch.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void finish(Collection<TopicPartition> partitions) {
        try {
            commits().finish(partitions, callPatience);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Group {} does not know how far it is in {}, and will get some messages again: {}",
                    options.spec().group(),
                    partitions,
                    failures.of("take acknowledgements", e).getMessage());
            commits().forget(partitions);
        }
    }

    /** What was read of these topics already is read again when they are resumed. */
    @Override
    public void pause(Set<String> topics) {
        pausedTopics = Set.copyOf(topics);
        paused = true; // so that the next fetch tells Kafka's consumer
        Map<TopicPartition, Long> unread = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : ready) {
            if (topics.contains(record.topic())) {
                unread.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset());
            }
        }
        drop(unread.keySet());
        unread.forEach((partition, offset) -> open().seek(partition, offset));
    }

    private List<TopicPartition> ofPausedTopics(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> pausedTopics.contains(partition.topic()))
                .toList();
    }

    private void drop(Collection<TopicPartition> partitions) {
        ready.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }

    /** Called by Kafka's consumer while it is polled or closed. */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("Group {} gives this member {}", options.spec().group(), partitions);
            open().pause(paused ? partitions : ofPausedTopics(partitions));
            owned.add(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty() && !closing) {
                LOG.info("Group {} takes {} from this member", options.spec().group(), partitions);
                drop(partitions);
                owned.remove(partitions);
                try {
                    listener.partitionsRevoked(OwnedPartitions.named(partitions), rebalancePatience);
                } finally {
                    finish(partitions);
                    forget(partitions);
                }
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!closing) {
                LOG.warn(
                        "Group {} has given {} to others: this member was silent for too long",
                        options.spec().group(),
                        partitions);
                owned.remove(partitions);
                listener.partitionsLost(OwnedPartitions.named(partitions));
                forget(partitions);
            }
        }
    }
}
