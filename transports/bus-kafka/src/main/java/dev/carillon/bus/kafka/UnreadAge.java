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
 * How old the oldest message is that a group has not finished. Offsets do not tell: the first of each partition is read, each of
 * them once, however many groups stand before it.
 */
final class UnreadAge {

    private record Place(TopicPartition partition, long offset) {}

    private final TopicReader reader;
    private final Map<Place, Long> times = new HashMap<>();

    UnreadAge(TopicReader reader) {
        this.reader = reader;
    }

    /** Empty when the group has finished all, and when we may not read the topic. */
    Optional<Duration> of(GroupStanding standing) {
        Map<TopicPartition, Long> unread = standing.unread();
        Map<TopicPartition, Long> unknown = new HashMap<>(unread);
        unknown.entrySet().removeIf(entry -> times.containsKey(new Place(entry.getKey(), entry.getValue())));
        try {
            learn(unknown, standing.ends());
        } catch (TransportException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw e;
        }
        Set<Long> found = new HashSet<>();
        unread.forEach((partition, offset) -> {
            Long time = times.get(new Place(partition, offset));
            if (time != null) {
                found.add(time);
            }
        });
        return found.stream().min(Long::compare).map(UnreadAge::since);
    }

    private void learn(Map<TopicPartition, Long> unread, Map<TopicPartition, Long> ends) {
        if (unread.isEmpty()) {
            return;
        }
        reader.read("read " + unread.keySet(), unread, ends, record -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            times.put(new Place(partition, unread.getOrDefault(partition, record.offset())), record.timestamp());
            return TopicReader.Next.OTHER_PARTITIONS;
        });
    }

    private static Duration since(long millis) {
        Duration age =
                Duration.between(Instant.ofEpochMilli(millis), Clock.systemUTC().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
