package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.Collection;
import java.util.List;

/**
 * What is known of the sizes of a topic's entries, so that no more are asked for than would fit if all were as large as the largest
 * of late. Begins with few, and doubles while entries turn out small.
 */
final class EntrySizes {

    private static final int FIRST_COUNT = 16;
    private static final int WINDOW = 2_000;

    private int cap = FIRST_COUNT;
    private boolean isBusy;
    private int largest;
    private int largestBefore;
    private int seen;

    /**
     * How many entries of each of these topics to ask for at once: at most {@code max}, of about {@code maxBytes}, of all that have any
     * of late; at least 1. A topic that is silent, such as one for retries, does not keep the others small.
     */
    static int count(Collection<EntrySizes> topics, int max, long maxBytes) {
        int busy =
                (int) Math.max(1, topics.stream().filter(topic -> topic.isBusy).count());
        int cap = FIRST_COUNT;
        int largest = 1;
        for (EntrySizes topic : topics) {
            cap = Math.max(cap, topic.cap);
            largest = Math.max(largest, Math.max(topic.largest, topic.largestBefore));
        }
        long fitting = Math.max(1, maxBytes / busy / largest);
        return (int) Math.max(1, Math.min(Math.min(max / busy, cap), fitting));
    }

    /** The same for this topic alone. */
    int count(int max, long maxBytes) {
        return count(List.of(this), max, maxBytes);
    }

    /** So many were asked for, and these came. */
    void came(int asked, List<IncomingMessage> messages) {
        isBusy = !messages.isEmpty();
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
