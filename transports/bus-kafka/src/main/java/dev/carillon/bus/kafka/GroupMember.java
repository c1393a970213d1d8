package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.IncomingMessage;
import dev.carillon.bus.transport.MessageSource.SourceListener;
import dev.carillon.bus.transport.Partition;
import dev.carillon.bus.transport.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a consumer group: an open consumer, the records that it has fetched, and the offsets that it commits.
 *
 * <p>Kafka removes a member that stops polling. While the engine has no free capacity, or a schema cannot be loaded, the consumer
 * is polled with its partitions paused. So a slow receiver does not lose its partitions, and at most one batch is kept in memory.
 *
 * <p>For the polling thread only, except {@link #owns}. Kafka's own exceptions reach the caller.
 */
final class GroupMember {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROBE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SKIP_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<byte[], byte[]> consumer;
    private final SourceOptions options;
    private final String group;
    private final SourceListener listener;
    private final RecordConverter converter;
    private final KafkaExceptionTranslator exceptions;
    private final TopicIdTracker topicIds;
    private final Duration callTimeout;
    private final Duration rebalanceTimeout;
    private final OffsetCommitter committer;
    private final ProcessedOffsets processed;
    private final StartOffsets startOffsets;

    /** Fetched, and not yet returned to the engine. */
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

    /** Replaced by the polling thread, read by workers. */
    private volatile Set<Partition> owned = Set.of();

    private long lastFetch;
    private long lastPoll;
    private long lastSignOfLife = System.nanoTime() - PROBE_INTERVAL_NANOS;
    private long lastSkip = System.nanoTime();
    private boolean paused;
    private Set<String> pausedTopics = Set.of();
    private boolean closing;

    /**
     * Does not call the broker.
     *
     * @param callTimeout of one call to the broker
     * @param rebalanceTimeout how long a rebalance may wait for messages in flight
     */
    GroupMember(
            Consumer<byte[], byte[]> consumer,
            SourceOptions options,
            SourceListener listener,
            RecordConverter converter,
            KafkaExceptionTranslator exceptions,
            TopicIdTracker topicIds,
            Duration callTimeout,
            Duration rebalanceTimeout) {
        this.consumer = consumer;
        this.options = options;
        this.group = options.spec().group();
        this.listener = listener;
        this.converter = converter;
        this.exceptions = exceptions;
        this.topicIds = topicIds;
        this.callTimeout = callTimeout;
        this.rebalanceTimeout = rebalanceTimeout;
        this.committer = new OffsetCommitter(consumer, group);
        this.processed = new ProcessedOffsets(consumer);
        this.startOffsets = new StartOffsets(consumer, options, listener, topicIds, processed, committer, callTimeout);
    }

    void subscribe() {
        consumer.subscribe(options.spec().topics(), new RebalanceListener());
    }

    /** Polls Kafka, and returns messages of the batch that was fetched last; see {@link KafkaSource#poll}. */
    List<IncomingMessage> poll(int max, long maxBytes, Duration timeout) {
        committer.send();
        if (max == 0 || !fetched.isEmpty()) {
            pollWhilePaused();
        } else {
            fetch(timeout);
        }
        dropRecreatedTopics();
        drop(startOffsets.initialize(consumer.assignment()));
        return take(max, maxBytes);
    }

    private void pollWhilePaused() {
        if (System.nanoTime() - lastPoll >= KEEP_ALIVE_NANOS) {
            paused = true;
            consumer.pause(consumer.assignment());
            pollConsumer(Duration.ZERO);
        }
    }

    private void fetch(Duration timeout) {
        if (System.nanoTime() - lastSignOfLife >= PROBE_INTERVAL_NANOS) {
            probeBroker();
        }
        if (System.nanoTime() - lastSkip >= SKIP_INTERVAL_NANOS) {
            lastSkip = System.nanoTime();
            consumer.assignment().forEach(this::skipNonMessages);
        }
        if (paused) {
            paused = false;
            consumer.resume(consumer.assignment());
            consumer.pause(ofPausedTopics(consumer.assignment()));
        }
        pollConsumer(timeout);
    }

    /** A poll returns nothing, and throws nothing, when no broker can be reached. This call times out. */
    private void probeBroker() {
        consumer.committed(Set.of(new TopicPartition(options.spec().topics().get(0), 0)), callTimeout);
        lastSignOfLife = System.nanoTime();
    }

    /** Commits past offsets that are not messages, if they follow the last processed message. Called when no fetched record waits. */
    private void skipNonMessages(TopicPartition partition) {
        processed
                .skipNonMessages(partition)
                .ifPresent(next -> committer.add(Map.of(partition, startOffsets.commitFor(partition, next)), () -> {}));
    }

    private void pollConsumer(Duration timeout) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
                fetched.add(record);
            }
            if (!fetched.isEmpty()) {
                lastFetch = System.nanoTime();
                lastSignOfLife = lastFetch;
            }
        } catch (NoOffsetForPartitionException e) {
            startOffsets.assign(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            Set<TopicPartition> rewound = startOffsets.recover(e.offsetOutOfRangePartitions());
            if (!rewound.isEmpty()) {
                listener.partitionsLost(partitions(rewound));
                drop(rewound);
                committer.forget(rewound);
            }
        }
        lastPoll = System.nanoTime();
    }

    /**
     * Offsets of a topic that was deleted are wrong in a new topic of the same name. Checked before messages are returned, or
     * those after the old offset would overtake those before it. A broker with old metadata may be wrong about this;
     * {@link StartOffsets} then rewinds to the committed offset.
     */
    private void dropRecreatedTopics() {
        Set<String> recreated = fetched.isEmpty() ? Set.of() : topicIds.recreatedBefore(lastFetch);
        if (!recreated.isEmpty()) {
            List<TopicPartition> partitions = consumer.assignment().stream()
                    .filter(partition -> recreated.contains(partition.topic()))
                    .toList();
            listener.partitionsLost(partitions(partitions));
            forget(partitions);
            startOffsets.verify(partitions);
        }
    }

    private List<IncomingMessage> take(int max, long maxBytes) {
        List<IncomingMessage> messages = new ArrayList<>(Math.min(max, fetched.size()));
        long bytes = 0;
        try {
            while (messages.size() < max && bytes < maxBytes && !fetched.isEmpty()) {
                ConsumerRecord<byte[], byte[]> record = fetched.getFirst();
                IncomingMessage message = converter.convert(record);
                fetched.removeFirst();
                processed.returned(new TopicPartition(record.topic(), record.partition()), record.offset());
                messages.add(message);
                bytes += message.data().length;
            }
        } catch (TransportException e) { // the next poll tries the record again
            if (messages.isEmpty()) {
                throw e;
            }
        }
        return messages;
    }

    /** Whether the message's partition is assigned to this member. Thread-safe. */
    boolean owns(IncomingMessage message) {
        return owned.contains(new Partition(message.topic(), message.partition()));
    }

    /** Commits asynchronously; {@code committed} runs once Kafka has all of it. */
    void acknowledge(List<IncomingMessage> messages, Runnable committed) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        boolean all = true;
        for (IncomingMessage message : messages) {
            OffsetAndMetadata next = startOffsets.commitFor(message);
            if (next != null) {
                offsets.put(new TopicPartition(message.topic(), message.partition()), next);
            }
            all &= next != null;
        }
        if (!offsets.isEmpty()) {
            committer.add(offsets, all ? committed : () -> {});
        }
        committer.send();
    }

    /** Fetched records of these topics are dropped, and fetched again when the topics are resumed. */
    void pause(Set<String> topics) {
        pausedTopics = topics;
        paused = true; // the next fetch applies it
        Map<TopicPartition, Long> unread = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : fetched) {
            if (topics.contains(record.topic())) {
                unread.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset());
            }
        }
        drop(unread.keySet());
        unread.forEach(consumer::seek);
    }

    private List<TopicPartition> ofPausedTopics(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> pausedTopics.contains(partition.topic()))
                .toList();
    }

    private void drop(Collection<TopicPartition> partitions) {
        fetched.removeIf(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }

    private void forget(Collection<TopicPartition> partitions) {
        drop(partitions);
        committer.forget(partitions);
        startOffsets.forget(partitions);
        processed.forget(partitions);
    }

    private void commitAndWait(Collection<TopicPartition> partitions) {
        try {
            committer.commitSync(partitions, callTimeout);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Group {} could not commit its offsets in {}; messages since the last commit will be redelivered: {}",
                    group,
                    partitions,
                    exceptions.translate("accept acknowledgements", e).getMessage());
            committer.forget(partitions);
        }
    }

    private static List<Partition> partitions(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(partition -> new Partition(partition.topic(), partition.partition()))
                .toList();
    }

    private void disown(Collection<TopicPartition> partitions) {
        Set<Partition> rest = new HashSet<>(owned);
        partitions(partitions).forEach(rest::remove);
        owned = Set.copyOf(rest);
    }

    /** Commits, and leaves the group. */
    void close() {
        closing = true;
        disown(consumer.assignment());
        commitAndWait(consumer.assignment());
        consumer.close(CloseOptions.timeout(callTimeout));
    }

    /** Called by Kafka's consumer within its poll and close methods. */
    private final class RebalanceListener implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("Group {}: partitions {} assigned to this member", group, partitions);
            consumer.pause(paused ? partitions : ofPausedTopics(partitions));
            Set<Partition> all = new HashSet<>(owned);
            all.addAll(partitions(partitions));
            owned = Set.copyOf(all);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty() && !closing) {
                LOG.info("Group {}: partitions {} revoked from this member", group, partitions);
                drop(partitions);
                disown(partitions);
                try {
                    listener.partitionsRevoked(partitions(partitions), rebalanceTimeout);
                } finally {
                    commitAndWait(partitions);
                    forget(partitions);
                }
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!closing) {
                LOG.warn(
                        "Group {}: partitions {} lost to other members, because this member did not poll or send heartbeats"
                                + " in time; its unacknowledged events will be redelivered",
                        group,
                        partitions);
                disown(partitions);
                listener.partitionsLost(partitions(partitions));
                forget(partitions);
            }
        }
    }
}
