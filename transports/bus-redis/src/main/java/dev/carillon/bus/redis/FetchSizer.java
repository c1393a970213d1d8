package dev.carillon.bus.redis;

import dev.carillon.bus.transport.IncomingMessage;
import java.util.Collection;
import java.util.List;

/**
 * Decides how many entries of a topic to request, so that they fit into memory even if all are as large as the largest recent
 * one. Starts with a few, and doubles the number while entries are small.
 */
final class FetchSizer {

    private static final int INITIAL_COUNT = 16;

    /** The largest entry counts for one to two windows of this many entries. */
    private static final int WINDOW = 2_000;

    private int maxCount = INITIAL_COUNT;
    private boolean isBusy;
    private int largest;
    private int largestInPreviousWindow;
    private int seen;

    /**
     * How many entries to request of each of these topics, at least 1: in total at most {@code max} entries of about {@code
     * maxBytes}, provided that only those topics have entries that had some in the last request. So an idle topic, such as one
     * for retries, does not reduce the requests to the others.
     */
    static int count(Collection<FetchSizer> topics, int max, long maxBytes) {
        int busy =
                (int) Math.max(1, topics.stream().filter(topic -> topic.isBusy).count());
        int maxCount = INITIAL_COUNT;
        int largest = 1;
        for (FetchSizer topic : topics) {
            maxCount = Math.max(maxCount, topic.maxCount);
            largest = Math.max(largest, Math.max(topic.largest, topic.largestInPreviousWindow));
        }
        long fitting = Math.max(1, maxBytes / busy / largest);
        return (int) Math.max(1, Math.min(Math.min(max / busy, maxCount), fitting));
    }

    /** How many entries to request of this topic alone. */
    int count(int max, long maxBytes) {
        return count(List.of(this), max, maxBytes);
    }

    /** Records a request for this many entries, and the messages that came. */
    void recordFetch(int requested, List<IncomingMessage> messages) {
        isBusy = !messages.isEmpty();
        for (IncomingMessage message : messages) {
            largest = Math.max(largest, message.data().length);
            seen++;
        }
        if (messages.size() >= requested && maxCount < Integer.MAX_VALUE / 2) {
            maxCount = Math.max(maxCount, 2 * requested);
        }
        if (seen >= WINDOW) {
            largestInPreviousWindow = largest;
            largest = 0;
            seen = 0;
        }
    }
}
