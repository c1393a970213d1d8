package dev.carillon.bus.redis;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of an answer are kept in memory. The size of an entry is known only when it arrives: the one that spends the
 * budget is still kept, those behind it are skipped while they are read from the connection. They are pending, and are read
 * again. For one answer.
 */
final class ReadBudget {

    private final long bytes;
    private final Map<String, String> firstSkipped = new HashMap<>();
    private final Map<String, String> lastSkipped = new HashMap<>();
    private int skipped;
    private long used;

    ReadBudget(long bytes) {
        this.bytes = bytes;
    }

    static ReadBudget unlimited() {
        return new ReadBudget(Long.MAX_VALUE);
    }

    boolean isSpent() {
        return used >= bytes;
    }

    void use(int number) {
        used += number;
    }

    void skip(String topic, String id) {
        firstSkipped.putIfAbsent(topic, id);
        lastSkipped.put(topic, id);
        skipped++;
    }

    /** How many entries were skipped. */
    int skipped() {
        return skipped;
    }

    /** The last entry of this topic that was skipped; null when none was. */
    @Nullable
    String lastSkipped(String topic) {
        return lastSkipped.get(topic);
    }

    /** The first entry of this topic that was skipped; null when none was. */
    @Nullable
    String firstSkipped(String topic) {
        return firstSkipped.get(topic);
    }
}
