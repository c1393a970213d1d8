package dev.carillon.bus.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Since when a group wants the messages of a topic. It is noted with each offset that is committed, so that a partition where
 * the group has none, because it is new or another member is just placing the group there, is read from that time on: neither
 * from its end, which would lose messages, nor from messages that the group never wanted.
 *
 * @param millis since the epoch
 */
record GroupBirth(long millis) {

    private static final String NOTE = "carillon-since=";

    static GroupBirth at(Instant time) {
        return new GroupBirth(Math.max(0, time.toEpochMilli()));
    }

    /** For a group that wants all there is. */
    static GroupBirth ofOld() {
        return new GroupBirth(0);
    }

    OffsetAndMetadata mark(long offset) {
        return new OffsetAndMetadata(offset, NOTE + millis);
    }

    /** What is noted with an offset; empty where another client committed it. */
    static Optional<GroupBirth> of(@Nullable OffsetAndMetadata committed) {
        String note = committed == null || committed.metadata() == null ? "" : committed.metadata();
        if (!note.startsWith(NOTE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GroupBirth(Long.parseLong(note.substring(NOTE.length()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The earliest of those that are noted. */
    static Optional<GroupBirth> earliest(Collection<@Nullable OffsetAndMetadata> committed) {
        return committed.stream()
                .filter(Objects::nonNull)
                .flatMap(offset -> of(offset).stream())
                .min(java.util.Comparator.comparingLong(GroupBirth::millis));
    }
}
