package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream and a group on it, as {@code XINFO STREAM} and, just after, {@code XINFO GROUPS} showed them.
 *
 * @param length how many entries the stream has
 * @param last the newest id that the stream ever gave
 * @param first the id of the oldest entry; null when the stream is empty
 * @param deleted the newest id that was ever deleted by itself, not by trimming
 * @param added how many entries were ever added; -1 before Redis 7
 * @param delivered the id up to which the group was given entries
 * @param read how many of the entries ever added that are; -1 when Redis does not know
 * @param consumers how many consumers the group has
 */
record GroupView(
        long length,
        StreamId last,
        @Nullable StreamId first,
        StreamId deleted,
        long added,
        StreamId delivered,
        long read,
        long consumers) {

    /** Reads both answers; null when the group is not among those of the stream. */
    static @Nullable GroupView of(List<Object> streamInfo, List<Object> groupsInfo, String group) {
        Map<String, Object> stream = fields(streamInfo);
        for (Object each : groupsInfo) {
            Map<String, Object> fields = fields((List<?>) each);
            if (group.equals(text(fields.get("name")))) {
                return new GroupView(
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

    /** The id of the newest entry that a stream ever had. */
    static StreamId lastId(List<Object> streamInfo) {
        return id(fields(streamInfo), "last-generated-id");
    }

    /** Whether the group was given everything. */
    boolean isAtEnd() {
        return !delivered.isBefore(last);
    }

    /** Whether the entry behind the group's position, if there was one, is gone. */
    boolean isBeforeFirst() {
        return !isAtEnd() && (first == null || delivered.isBefore(first));
    }

    /** How many entries are gone; -1 before Redis 7. */
    long removed() {
        return added < 0 ? -1 : added - length;
    }

    /** Names and values that follow one another. */
    static Map<String, Object> fields(List<?> flat) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), flat.get(i + 1));
        }
        return fields;
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Long number ? number : -1;
    }

    private static StreamId id(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof byte[] bytes ? StreamId.parse(text(bytes)) : StreamId.ZERO;
    }

    /** What Redis answers as text. */
    static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
    }
}
