package dev.carillon.bus.redis;

import dev.carillon.bus.spi.IncomingMessage;
import java.util.List;

/**
 * How many entries of a topic to ask for, so that they fit: never more than would fit if all were as large as the largest of
 * late. Begins with few, and doubles while entries turn out small.
 */
final class EntrySizes {

    private static final int FIRST_COUNT = 16;
    private static final int WINDOW = 2_000;

    private int cap = FIRST_COUNT;
    private int largest;
    private int largestBefore;
    private int seen;

    /** At most {@code max} entries, of about {@code maxBytes} together; at least 1. */
    int count(int max, long maxBytes) {
        long fitting = Math.max(1, maxBytes / Math.max(1, Math.max(largest, largestBefore)));
        return (int) Math.max(1, Math.min(Math.min(max, cap), fitting));
    }

    /** So many were asked for, and these came. */
    void came(int asked, List<IncomingMessage> messages) {
        for (IncomingMessage message : messages) {
            largest = Math.max(largest, message.data().length);
            seen++;
        }
        if (messages.size() >= asked && cap < Integer.MAX_VALUE / 2) {
            cap = Math.max(cap, 2 * asked);
        }
        if (seen >= WINDOW) {
            largestBefore = largest;
            largest = 0;
            seen = 0;
        }
    }
}
