package dev.carillon.avro;

import dev.carillon.events.keys.OpaqueKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small cache of recently read keys, looked up by their bytes. Most events of an hour are about a few courses, and
 * parsing a key takes longer than reading ten other fields.
 *
 * <p>Thread-safe and lock-free: entries are immutable, and a key that another thread overwrote is parsed again.
 */
final class RecentKeys {

    private static final int SLOTS = 64;
    private static final int MAX_LENGTH = 128;

    /** Keys differ more in their last characters than in their first. */
    private static final int HASHED_LENGTH = 16;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Entry(byte[] text, OpaqueKey key) {

        boolean matches(byte[] bytes, int start, int length) {
            return Arrays.equals(text, 0, text.length, bytes, start, start + length);
        }
    }

    private final @Nullable Entry[] entries = new Entry[SLOTS];

    @Nullable
    OpaqueKey find(byte[] bytes, int start, int length) {
        Entry entry = entries[slot(bytes, start, length)];
        return entry != null && entry.matches(bytes, start, length) ? entry.key() : null;
    }

    void keep(byte[] bytes, int start, int length, OpaqueKey key) {
        if (length <= MAX_LENGTH) {
            entries[slot(bytes, start, length)] = new Entry(Arrays.copyOfRange(bytes, start, start + length), key);
        }
    }

    private static int slot(byte[] bytes, int start, int length) {
        int end = start + length;
        int hash = length;
        for (int i = Math.max(start, end - HASHED_LENGTH); i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (SLOTS - 1);
    }
}
