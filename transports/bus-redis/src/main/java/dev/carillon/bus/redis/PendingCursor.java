package dev.carillon.bus.redis;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far we have gone through what is pending in a topic: page by page, ids without data. */
final class PendingCursor {

    private static final String FROM_START = "-";

    /** One line of {@code XPENDING}. */
    record Entry(String id, String consumer, long idleMillis) {}

    private final ArrayDeque<Entry> page = new ArrayDeque<>();
    private String from = FROM_START;
    private boolean lastPage;

    /** Whether nothing is left that was pending. */
    boolean isDone() {
        return lastPage && page.isEmpty();
    }

    boolean needsPage() {
        return !lastPage && page.isEmpty();
    }

    /** Where the next page begins. */
    String from() {
        return from;
    }

    /** Takes a page as it came, and of it what is to be read. */
    void page(List<Entry> whole, List<Entry> toRead, boolean last) {
        if (!whole.isEmpty()) {
            from = "(" + whole.get(whole.size() - 1).id();
        }
        lastPage = last;
        page.addAll(toRead);
    }

    /** The next ones, at most so many. */
    List<Entry> next(int count) {
        return page.stream().limit(count).toList();
    }

    /** The next ones were read, but for those from this id on; all of them where it is null. */
    void read(List<Entry> entries, @Nullable String unread) {
        for (Entry entry : entries) {
            if (entry.id().equals(unread)) {
                return;
            }
            page.remove();
        }
    }

    void restart() {
        page.clear();
        from = FROM_START;
        lastPage = false;
    }
}
