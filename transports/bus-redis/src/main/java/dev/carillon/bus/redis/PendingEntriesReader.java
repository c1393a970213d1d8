package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads entries that were delivered and not acknowledged: by an earlier run of this consumer, and by consumers that crashed.
 * Reads pages of ids first, and then as many entries as fit.
 *
 * <p>{@code XAUTOCLAIM} would take one command instead of two, but it also discards entries of live consumers that are no longer
 * in the stream, and cannot distinguish them from lost ones.
 */
final class PendingEntriesReader {

    private static final Logger LOG = LoggerFactory.getLogger(PendingEntriesReader.class);
    private static final int PAGE = 500;

    private final ConsumerContext context;
    private final PendingLossDetector losses;

    PendingEntriesReader(ConsumerContext context, PendingLossDetector losses) {
        this.context = context;
        this.losses = losses;
    }

    /** A line of {@code XPENDING}. */
    record PendingEntry(StreamId id, String consumer, long idleMillis) {}

    /** How far the pending entries of a topic have been read: page by page, ids without data. */
    static final class Cursor {

        private static final String FIRST = "-";

        private final ArrayDeque<PendingEntry> page = new ArrayDeque<>();
        private String from = FIRST;
        private boolean lastPage;

        /** Whether all pending entries have been read. */
        boolean isDone() {
            return lastPage && page.isEmpty();
        }

        void restart() {
            page.clear();
            from = FIRST;
            lastPage = false;
        }

        private boolean needsPage() {
            return !lastPage && page.isEmpty();
        }

        private void addPage(List<PendingEntry> whole, List<PendingEntry> toRead, boolean last) {
            if (!whole.isEmpty()) {
                from = "(" + whole.get(whole.size() - 1).id();
            }
            lastPage = last;
            page.addAll(toRead);
        }

        private List<PendingEntry> peek(int count) {
            return page.stream().limit(count).toList();
        }

        /** Removes the next entries up to this id, exclusively; all of them if it is null. */
        private void remove(List<PendingEntry> entries, @Nullable StreamId firstUnread) {
            for (PendingEntry entry : entries) {
                if (entry.id().equals(firstUnread)) {
                    return;
                }
                page.remove();
            }
        }
    }

    /** The number of pending entries of each consumer, from the summary of {@code XPENDING}. */
    record PendingCounts(Map<String, Long> byConsumer) {

        static PendingCounts parse(@Nullable List<Object> reply) {
            Map<String, Long> byConsumer = new HashMap<>();
            if (reply != null && reply.size() > 3 && reply.get(3) instanceof List<?> consumers) {
                for (Object each : consumers) {
                    List<?> fields = (List<?>) each;
                    byConsumer.put(text(fields.get(0)), Long.parseLong(text(fields.get(1))));
                }
            }
            return new PendingCounts(byConsumer);
        }

        long of(String consumer) {
            return byConsumer.getOrDefault(consumer, 0L);
        }

        boolean hasAnyOf(Predicate<String> consumer) {
            return byConsumer.keySet().stream().anyMatch(consumer);
        }
    }

    /**
     * Reads the next pending entries that are not in flight, in stream order; returns none if there are no more. These are the
     * consumer's own, and, where only this member reads the topic, those of the members before it: nobody handles them any more.
     */
    List<IncomingMessage> next(TopicState topic, int max, long maxBytes) {
        Cursor cursor = topic.pending();
        while (!cursor.isDone()) {
            if (cursor.needsPage()) {
                loadPage(topic);
            }
            List<PendingEntry> some = cursor.peek(topic.sizer().count(max, maxBytes));
            ReadBudget budget = new ReadBudget(maxBytes);
            List<IncomingMessage> messages = claim(topic, some, 0, budget);
            cursor.remove(some, budget.firstSkipped(topic.name()));
            if (!messages.isEmpty()) {
                logClaimed(topic, some, "did not finish");
                return messages;
            }
        }
        return List.of();
    }

    private void loadPage(TopicState topic) {
        String from = topic.pending().from;
        List<PendingEntry> page = page(
                topic,
                context.options().sharing()
                        ? context.commands().ownPending(topic.name(), from, PAGE)
                        : context.commands().allPending(topic.name(), from, PAGE));
        topic.incidents()
                .ledger()
                .recordPending(page.stream().map(PendingEntry::id).toList(), page.size() < PAGE);
        List<PendingEntry> toRead = page.stream()
                .filter(entry -> !topic.inFlight().contains(entry.id()))
                .filter(this::isFree)
                .toList();
        topic.pending().addPage(page, toRead, page.size() < PAGE);
    }

    /** Whether nobody can be handling the entry: a member that respects leases stopped when it lost its own. */
    private boolean isFree(PendingEntry entry) {
        return context.members().respectsLeases(entry.consumer())
                || entry.idleMillis() >= context.options().claimAfter().toMillis();
    }

    /** Claims entries that other consumers have left unacknowledged for too long. */
    List<IncomingMessage> claimAbandoned(TopicState topic, int max, long maxBytes) {
        long idle = context.options().claimAfter().toMillis();
        int count = topic.sizer().count(Math.min(max, PAGE), maxBytes);
        List<PendingEntry> page = page(topic, context.commands().idlePending(topic.name(), idle, count));
        List<IncomingMessage> messages = claim(topic, page, idle, new ReadBudget(maxBytes));
        if (!messages.isEmpty()) {
            logClaimed(topic, page, "left unacknowledged for " + idle + " ms or more");
        }
        return messages;
    }

    private void logClaimed(TopicState topic, List<PendingEntry> claimed, String why) {
        List<PendingEntry> ofOthers = claimed.stream()
                .filter(entry -> !entry.consumer().equals(context.options().consumer()))
                .toList();
        if (!ofOthers.isEmpty()) {
            LOG.info(
                    "Group {} of topic {}: this member claimed {} messages that {} {}",
                    context.group(),
                    topic.name(),
                    ofOthers.size(),
                    consumers(ofOthers),
                    why);
        }
    }

    private List<PendingEntry> page(TopicState topic, RedisCommand<List<Object>> command) {
        List<PendingEntry> page = new ArrayList<>();
        for (Object line : context.redis().execute(context.operation("list pending messages of", topic), command)) {
            List<?> fields = (List<?>) line;
            page.add(new PendingEntry(
                    StreamId.parse(text(fields.get(0))),
                    text(fields.get(1)),
                    fields.get(2) instanceof Long idle ? idle : 0));
        }
        return page;
    }

    private List<IncomingMessage> claim(
            TopicState topic, List<PendingEntry> pending, long idleMillis, ReadBudget budget) {
        List<StreamId> ids = pending.stream()
                .map(PendingEntry::id)
                .filter(id -> !topic.inFlight().contains(id))
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<IncomingMessage> messages = context.redis()
                .execute(
                        context.operation("claim pending messages of", topic),
                        context.commands().claim(topic.name(), idleMillis, ids, budget));
        topic.sizer().recordFetch(ids.size(), messages);
        @Nullable StreamId skipped = budget.firstSkipped(topic.name());
        List<StreamId> read = skipped == null ? ids : ids.subList(0, ids.indexOf(skipped));
        if (messages.size() < read.size()) {
            Set<StreamId> missing = new HashSet<>(read);
            messages.forEach(message -> missing.remove(StreamId.of(message)));
            losses.detect(topic, missing, "before " + consumers(pending) + " acknowledged them");
        }
        return messages;
    }

    /** Reads in-flight messages again. Reports those that are no longer in the stream, if they were not reported before. */
    List<IncomingMessage> readAgain(TopicState topic, List<StreamId> ids) {
        List<List<IncomingMessage>> found = context.redis()
                .executeAll(
                        context.operation("read again messages of", topic),
                        ids.stream()
                                .map(id -> StreamCommands.entry(topic.name(), id, ReadBudget.unlimited()))
                                .toList());
        List<IncomingMessage> messages = new ArrayList<>(ids.size());
        List<StreamId> gone = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            messages.addAll(found.get(i));
            if (found.get(i).isEmpty() && !topic.inFlight().isGone(ids.get(i))) {
                gone.add(ids.get(i));
            }
        }
        if (!gone.isEmpty()) {
            topic.inFlight().markGone(gone);
            losses.report(topic, gone, "before they were handled");
        }
        return messages;
    }

    private static String consumers(List<PendingEntry> pending) {
        return pending.stream()
                .map(PendingEntry::consumer)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString()
                .replaceAll("^\\[|]$", "");
    }
}
