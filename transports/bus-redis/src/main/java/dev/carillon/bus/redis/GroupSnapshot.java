package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.fields;
import static dev.carillon.bus.redis.RedisCommand.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stream and of one of its groups, as {@code XINFO STREAM} and, right after it, {@code XINFO GROUPS} returned it.
 *
 * @param length the number of entries in the stream
 * @param last the id of the newest entry that was ever added
 * @param first the id of the oldest entry; null if the stream is empty
 * @param deleted the largest id that was ever deleted individually, not by trimming
 * @param added the number of entries that were ever added; -1 before Redis 7
 * @param delivered the id of the last entry that was delivered to the group
 * @param read how many of the entries ever added were delivered to the group; -1 if Redis does not know
 * @param consumers the number of consumers in the group
 */
record GroupSnapshot(
        long length,
        StreamId last,
        @Nullable StreamId first,
        StreamId deleted,
        long added,
        StreamId delivered,
        long read,
        long consumers) {

    /** Parses both replies; returns null if the stream does not have the group. */
    static @Nullable GroupSnapshot parse(List<Object> streamInfo, List<Object> groupsInfo, String group) {
        Map<String, Object> stream = fields(streamInfo);
        for (Object each : groupsInfo) {
            Map<String, Object> fields = fields((List<?>) each);
            if (group.equals(text(fields.get("name")))) {
                return new GroupSnapshot(
                        number(stream, "length"),
                        id(stream, "last-generated-id"),
                        stream.get("first-entry") instanceof List<?> entry && !entry.isEmpty()
                                ? StreamId.parse(text(entry.get(0)))
                                : null,
                        id(stream, "max-deleted-entry-id"),
                        number(stream, "entries-added"),
                        id(fields, "last-delivered-id"),
                        number(fields, "entries-read"),
                        number(fields, "consumers"));
            }
        }
        return null;
    }

    /** The id of the newest entry that was ever added to a stream. */
    static StreamId lastId(List<Object> streamInfo) {
        return id(fields(streamInfo), "last-generated-id");
    }

    /** Whether all entries were delivered to the group. */
    boolean isAtEnd() {
        return !delivered.isBefore(last);
    }

    /** Whether the oldest undelivered entry may be gone: it is before the first entry of the stream. */
    boolean isBeforeFirst() {
        return !isAtEnd() && (first == null || delivered.isBefore(first));
    }

    /** The number of entries that were removed from the stream; -1 before Redis 7. */
    long removed() {
        return added < 0 ? -1 : added - length;
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Long number ? number : -1;
    }

    private static StreamId id(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof byte[] bytes ? StreamId.parse(text(bytes)) : StreamId.ZERO;
    }
}
