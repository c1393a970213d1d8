package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.GroupIncident;
import dev.carillon.bus.transport.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records by their offsets, beside the group. Of what stands between them no more is fetched than a few records: a
 * wider gap is skipped. For one thread.
 */
final class RecordFinder implements AutoCloseable {

    /** So many records are sooner read over than skipped. */
    private static final long NARROW_GAP = 50;

    /** Where so long nothing comes, there may be nothing. */
    private static final Duration POLL = Duration.ofMillis(500);

    /**
     * Behind the last record of a search, the client asks for what comes next, of which there may be nothing; until the broker has
     * answered that, it does not ask for what the next search wants.
     */
    private static final int FETCH_WAIT_MILLIS = 10;

    private final Map<String, Object> properties;
    private final Duration timeout;
    private @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * Connects when it is first used.
     *
     * @param reader properties of a consumer without a group
     * @param timeout how long one search may take
     */
    RecordFinder(Map<String, Object> reader, Duration timeout) {
        this.properties = new HashMap<>(reader);
        this.properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Long.toString(NARROW_GAP));
        this.properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        this.properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(1 << 20));
        this.properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(1 << 20));
        Object client = properties.get(ConsumerConfig.CLIENT_ID_CONFIG);
        if (client != null) {
            this.properties.put(ConsumerConfig.CLIENT_ID_CONFIG, client + "-again");
        }
        this.timeout = timeout;
    }

    /**
     * What was found.
     *
     * @param records those that are there, in order
     * @param gone the offsets of those that are not: deleted by the topic's retention, compacted away, or of a topic made anew
     */
    record Found(List<ConsumerRecord<byte[], byte[]>> records, List<Long> gone) {}

    /** How the group's listener hears of messages that are gone. */
    static GroupIncident loss(Partition partition, String group, List<Long> gone) {
        return new GroupIncident(
                GroupIncident.Kind.PENDING_LOST,
                partition.topic(),
                group,
                gone.size(),
                "partition " + partition.number() + ": messages from " + gone.get(0) + " to "
                        + gone.get(gone.size() - 1)
                        + " left the topic while they waited to be tried again (a longer retention of the topic keeps"
                        + " more)");
    }

    /**
     * Searches until each offset is found or known to be gone.
     *
     * @param positions in the order of the partition
     * @throws TimeoutException when the broker has not answered by then
     */
    Found find(Partition partition, List<String> positions) {
        List<Long> offsets = positions.stream()
                .map(position -> Position.parse(position).offset())
                .toList();
        TopicPartition place = new TopicPartition(partition.topic(), partition.number());
        Consumer<byte[], byte[]> open = open();
        if (!open.assignment().equals(java.util.Set.of(place))) {
            open.assign(List.of(place));
        }
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        long deadline = System.nanoTime() + timeout.toNanos();
        int next = 0;
        open.seek(place, offsets.get(0));
        while (next < offsets.size()) {
            if (deadline - System.nanoTime() <= 0) {
                throw new TimeoutException("no messages of " + place + " within " + timeout.toMillis() + " ms");
            }
            try {
                long wanted = offsets.get(next);
                if (wanted - open.position(place, left(deadline)) > NARROW_GAP) {
                    open.seek(place, wanted);
                }
                Duration left = left(deadline);
                List<ConsumerRecord<byte[], byte[]>> polled =
                        open.poll(left.compareTo(POLL) < 0 ? left : POLL).records(place);
                int before = next;
                next = sort(polled, open.position(place, left(deadline)), offsets, next, found);
                if (polled.isEmpty() && next == before) {
                    next = skipDeleted(open, place, offsets, next, found, left(deadline));
                }
            } catch (OffsetOutOfRangeException e) {
                next = skipDeleted(open, place, offsets, next, found, left(deadline));
                if (next < offsets.size()) {
                    open.seek(place, offsets.get(next));
                }
            }
        }
        return found;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Picks the wanted ones; wanted offsets that were passed without a record are gone. Answers which is the next wanted. */
    private static int sort(
            List<ConsumerRecord<byte[], byte[]>> polled, long position, List<Long> offsets, int from, Found found) {
        int next = from;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            while (next < offsets.size() && offsets.get(next) < record.offset()) {
                found.gone().add(offsets.get(next++));
            }
            if (next < offsets.size() && offsets.get(next) == record.offset()) {
                found.records().add(record);
                next++;
            }
        }
        while (next < offsets.size() && offsets.get(next) < position) {
            found.gone().add(offsets.get(next++));
        }
        return next;
    }

    /** The log begins behind what is wanted, or ends before it. Answers which is the next wanted. */
    private static int skipDeleted(
            Consumer<byte[], byte[]> open,
            TopicPartition place,
            List<Long> offsets,
            int from,
            Found found,
            Duration left) {
        long begin = open.beginningOffsets(List.of(place), left).getOrDefault(place, 0L);
        long end = open.endOffsets(List.of(place), left).getOrDefault(place, 0L);
        int next = from;
        while (next < offsets.size() && (offsets.get(next) < begin || offsets.get(next) >= end)) {
            found.gone().add(offsets.get(next++));
        }
        return next;
    }

    /** Made when it is first needed, which is never where no event fails. */
    private Consumer<byte[], byte[]> open() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = new KafkaConsumer<>(properties);
            consumer = open;
        }
        return open;
    }

    /** Also after a failure: what it does not know any more, it looks up again. */
    @Override
    public void close() {
        Consumer<byte[], byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            open.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
