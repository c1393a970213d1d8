package dev.carillon.bus.redis;

import dev.carillon.bus.redis.PendingCursor.Entry;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was delivered and not acknowledged: by ourselves under the same name before, and by consumers that are dead. Ids come
 * first, in pages; entries follow, as many as fit.
 *
 * <p>{@code XAUTOCLAIM} would be one command instead of two, but it also drops the entries of live consumers that left the
 * stream, and cannot tell them from lost ones.
 */
final class PendingEntries {

    private static final Logger LOG = LoggerFactory.getLogger(PendingEntries.class);
    private static final int PAGE = 500;

    private final GroupScope scope;
    private final LostEntries lost;

    PendingEntries(GroupScope scope, LostEntries lost) {
        this.scope = scope;
        this.lost = lost;
    }

    /**
     * The next ones that we do not hold, in the order of the stream; empty when there are no more. Our own ones, and where this
     * member alone reads the topic, those of the members before it, too: nobody works on them any more.
     */
    List<IncomingMessage> next(TopicState topic, int max, long maxBytes) {
        PendingCursor cursor = topic.pending();
        while (!cursor.isDone()) {
            if (cursor.needsPage()) {
                loadPage(topic);
            }
            List<Entry> some = cursor.next(topic.sizes().count(max, maxBytes));
            ReadBudget budget = new ReadBudget(maxBytes);
            List<IncomingMessage> messages = take(topic, some, 0, budget);
            cursor.read(some, budget.firstSkipped(topic.name()));
            if (!messages.isEmpty()) {
                tellTaken(topic, some, "did not finish");
                return messages;
            }
        }
        return List.of();
    }

    private void loadPage(TopicState topic) {
        String from = topic.pending().from();
        List<Entry> page = page(
                topic,
                scope.options().sharing()
                        ? scope.commands().ownPending(topic.name(), from, PAGE)
                        : scope.commands().allPending(topic.name(), from, PAGE));
        topic.watch().sole().pending(page.stream().map(Entry::id).toList(), page.size() < PAGE);
        List<Entry> toRead = page.stream()
                .filter(entry -> !topic.held().holds(entry.id()))
                .filter(this::isFree)
                .toList();
        topic.pending().page(page, toRead, page.size() < PAGE);
    }

    /** Whether nobody can be at work on it: a member that knows of leases stopped when it lost its own. */
    private boolean isFree(Entry entry) {
        return scope.members().knowsLeases(entry.consumer())
                || entry.idleMillis() >= scope.options().claimAfter().toMillis();
    }

    /** Takes over what others left; as many as were asked for when there may be more. */
    List<IncomingMessage> abandoned(TopicState topic, int max, long maxBytes) {
        long idle = scope.options().claimAfter().toMillis();
        int count = topic.sizes().count(Math.min(max, PAGE), maxBytes);
        List<Entry> page = page(topic, scope.commands().idlePending(topic.name(), idle, count));
        List<IncomingMessage> messages = take(topic, page, idle, new ReadBudget(maxBytes));
        if (!messages.isEmpty()) {
            tellTaken(topic, page, "left unacknowledged for " + idle + " ms or more");
        }
        return messages;
    }

    private void tellTaken(TopicState topic, List<Entry> taken, String why) {
        List<Entry> ofOthers = taken.stream()
                .filter(entry -> !entry.consumer().equals(scope.options().consumer()))
                .toList();
        if (!ofOthers.isEmpty()) {
            LOG.info(
                    "Took over {} messages of topic {} that {} of group {} {}",
                    ofOthers.size(),
                    topic.name(),
                    consumers(ofOthers),
                    scope.group(),
                    why);
        }
    }

    private List<Entry> page(TopicState topic, Reply<List<Object>> question) {
        List<Entry> page = new ArrayList<>();
        for (Object line : scope.link().ask(scope.asked("tell what is pending in", topic), question)) {
            List<?> fields = (List<?>) line;
            page.add(new Entry(
                    GroupView.text(fields.get(0)),
                    GroupView.text(fields.get(1)),
                    fields.get(2) instanceof Long idle ? idle : 0));
        }
        return page;
    }

    private List<IncomingMessage> take(TopicState topic, List<Entry> pending, long idleMillis, ReadBudget budget) {
        List<String> ids = pending.stream()
                .map(Entry::id)
                .filter(id -> !topic.held().holds(id))
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<IncomingMessage> messages = scope.link()
                .ask(
                        scope.asked("hand over pending messages of", topic),
                        scope.commands().claim(topic.name(), idleMillis, ids, budget));
        topic.sizes().came(ids.size(), messages);
        @Nullable String skipped = budget.firstSkipped(topic.name());
        List<String> answered = skipped == null ? ids : ids.subList(0, ids.indexOf(skipped));
        if (messages.size() < answered.size()) {
            Set<String> missing = new HashSet<>(answered);
            messages.forEach(message -> missing.remove(message.position()));
            lost.tell(topic, missing, "before " + consumers(pending) + " acknowledged them");
        }
        return messages;
    }

    private static String consumers(List<Entry> pending) {
        return pending.stream()
                .map(Entry::consumer)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString()
                .replaceAll("^\\[|]$", "");
    }
}
