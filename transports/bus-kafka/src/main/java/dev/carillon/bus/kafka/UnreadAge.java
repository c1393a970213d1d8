package dev.carillon.bus.kafka;

import dev.carillon.bus.transport.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * The age of the oldest unprocessed message of groups. Offsets say nothing about time, so the first unprocessed message of each
 * partition is read; once, even if several groups are at the same offset.
 */
final class UnreadAge {

    private record Message(TopicPartition partition, long offset) {}

    private final TopicReader reader;
    private final Map<Message, Long> times = new HashMap<>();

    UnreadAge(TopicReader reader) {
        this.reader = reader;
    }

    /** Empty if the group has processed everything, or we have no permission to read the topic. */
    Optional<Duration> of(GroupLag lag) {
        Map<TopicPartition, Long> unread = lag.unread();
        Map<TopicPartition, Long> unknown = new HashMap<>(unread);
        unknown.entrySet().removeIf(entry -> times.containsKey(new Message(entry.getKey(), entry.getValue())));
        try {
            readTimes(unknown, lag.ends());
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw e;
        }
        Set<Long> found = new HashSet<>();
        unread.forEach((partition, offset) -> {
            Long time = times.get(new Message(partition, offset));
            if (time != null) {
                found.add(time);
            }
        });
        return found.stream().min(Long::compare).map(UnreadAge::since);
    }

    private void readTimes(Map<TopicPartition, Long> unread, Map<TopicPartition, Long> ends) {
        if (unread.isEmpty()) {
            return;
        }
        reader.read("read " + unread.keySet(), unread, ends, record -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            times.put(new Message(partition, unread.getOrDefault(partition, record.offset())), record.timestamp());
            return TopicReader.Visit.SKIP_PARTITION;
        });
    }

    private static Duration since(long millis) {
        Duration age =
                Duration.between(Instant.ofEpochMilli(millis), Clock.systemUTC().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
