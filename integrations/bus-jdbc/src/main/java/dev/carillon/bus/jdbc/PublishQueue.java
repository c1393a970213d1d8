package dev.carillon.bus.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of the outbox that a relay has in memory: the ids of waiting rows, from one snapshot of the table, and the rows that come
 * next, in one queue per key. Only one row of a key is in flight at a time, so a row that fails and is retried is never overtaken.
 * With {@link Ordering#BY_TOPIC}, a "key" is a whole topic. For the relay's thread.
 */
final class PublishQueue {

    /** A row that is in flight for longer than this no longer reserves memory for the rows behind it. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int maxRows;
    private final Deque<Long> listedIds = new ArrayDeque<>();
    private final Map<Long, KeyQueue> keys = new HashMap<>();
    private final Deque<KeyQueue> ready = new ArrayDeque<>();
    private final Set<Long> inMemory = new HashSet<>();
    private int inFlight;

    /** The rows of one key in memory: at most one in flight, and the rows behind it. */
    private static final class KeyQueue {
        private final long hash;
        private final String topic;
        private final Deque<OutboxRow> rows = new ArrayDeque<>();
        private boolean hasRowInFlight;
        private long sentAt;

        KeyQueue(long hash, String topic) {
            this.hash = hash;
            this.topic = topic;
        }

        OutboxRow send(long now) {
            hasRowInFlight = true;
            sentAt = now;
            return rows.remove();
        }

        boolean isSlow(long now) {
            return hasRowInFlight && now - sentAt > SLOW_NANOS;
        }

        boolean isEmpty() {
            return !hasRowInFlight && rows.isEmpty();
        }
    }

    /** At most this many rows are in memory. */
    PublishQueue(int maxRows) {
        this.maxRows = maxRows;
    }

    /** Replaces the snapshot: the ids of the waiting rows, in the order in which they are to be published. */
    void setListedIds(List<Long> ids) {
        listedIds.clear();
        ids.stream().filter(id -> !inMemory.contains(id)).forEach(listedIds::add);
    }

    void clearListedIds() {
        listedIds.clear();
    }

    /** Takes the ids of the rows to read next: none until half of the rows fit, because a query for a few rows is expensive. */
    List<Long> takeIdsToRead() {
        List<Long> ids = new ArrayList<>();
        if (canRead()) {
            int free = maxRows - inMemory.size();
            while (ids.size() < free && !listedIds.isEmpty()) {
                ids.add(listedIds.remove());
            }
        }
        return ids;
    }

    /** Whether {@link #takeIdsToRead} returns anything. */
    boolean canRead() {
        return !listedIds.isEmpty() && 2 * (maxRows - inMemory.size()) >= maxRows;
    }

    /** Puts ids back that were taken and not read. */
    void returnIds(List<Long> ids) {
        for (int i = ids.size() - 1; i >= 0; i--) {
            listedIds.addFirst(ids.get(i));
        }
    }

    void add(OutboxRow row) {
        KeyQueue key = keys.computeIfAbsent(row.orderHash(), hash -> new KeyQueue(hash, row.topic()));
        if (key.isEmpty()) {
            ready.add(key);
        }
        key.rows.add(row);
        inMemory.add(row.id());
    }

    /** Takes the next row to send, which is in flight from now on; null when there is none. */
    @Nullable
    OutboxRow takeNext() {
        KeyQueue key = ready.poll();
        if (key == null) {
            return null;
        }
        inFlight++;
        return key.send(System.nanoTime());
    }

    /** The row is no longer in flight, whatever the result. */
    void onCompleted(OutboxRow row) {
        inFlight--;
        inMemory.remove(row.id());
        KeyQueue key = Objects.requireNonNull(keys.get(row.orderHash()), "the key of a row in flight");
        key.hasRowInFlight = false;
        if (key.isEmpty()) {
            keys.remove(key.hash);
        } else {
            ready.add(key);
        }
    }

    /** Drops the rows of a topic that are not in flight. */
    void dropTopic(String topic) {
        drop(keys.values().stream().filter(key -> key.topic.equals(topic)).toList());
    }

    /** Drops the rows of a key that are not in flight. */
    void dropKey(long orderHash) {
        KeyQueue key = keys.get(orderHash);
        if (key != null) {
            drop(List.of(key));
        }
    }

    /** Frees the memory of rows behind a slow one; returns the hashes of the slow keys. */
    Set<Long> dropBehindSlow() {
        long now = System.nanoTime();
        List<KeyQueue> slow =
                keys.values().stream().filter(key -> key.isSlow(now)).toList();
        drop(slow);
        Set<Long> hashes = new HashSet<>();
        slow.forEach(key -> hashes.add(key.hash));
        return hashes;
    }

    /** Drops everything that is not in flight. */
    void dropAll() {
        drop(List.copyOf(keys.values()));
        listedIds.clear();
    }

    /** Clears the snapshot, too: it may list further rows of these keys, which must not be published before the dropped ones. */
    private void drop(Collection<KeyQueue> dropped) {
        for (KeyQueue key : dropped) {
            key.rows.forEach(row -> inMemory.remove(row.id()));
            key.rows.clear();
            if (key.isEmpty()) {
                keys.remove(key.hash);
                ready.remove(key);
            }
        }
        if (!dropped.isEmpty()) {
            listedIds.clear();
        }
    }

    /** The topics that have a row in memory. */
    Set<String> topics() {
        Set<String> topics = new HashSet<>();
        keys.values().forEach(key -> topics.add(key.topic));
        return topics;
    }

    /** Whether there is nothing to send until rows are listed or one in flight completes. */
    boolean isExhausted() {
        return listedIds.isEmpty() && ready.isEmpty();
    }

    int inFlight() {
        return inFlight;
    }
}
