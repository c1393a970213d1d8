package dev.carillon.bus.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.bus.GroupIncident.Kind;
import dev.carillon.bus.spi.IncomingMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was delivered and not acknowledged: by ourselves under the same name before, and by consumers that are dead.
 *
 * <p>{@code XAUTOCLAIM} would be one command instead of two, but it also drops the entries of live consumers that left the
 * stream, and cannot tell them from lost ones.
 */
final class PendingEntries {

    /** Where to begin. */
    static final String FROM_START = "-";

    private static final Logger LOG = LoggerFactory.getLogger(PendingEntries.class);
    private static final int MOST_AT_ONCE = 500;

    /** One line of {@code XPENDING}. */
    private record Pending(String id, String consumer) {}

    private final GroupScope scope;

    PendingEntries(GroupScope scope) {
        this.scope = scope;
    }

    /** The next ones of our own that we do not hold; empty when there are no more. */
    List<IncomingMessage> own(TopicState topic, int max) {
        int count = Math.min(max, MOST_AT_ONCE);
        while (!topic.isOwnPendingRead()) {
            List<Pending> page = page(topic, scope.commands().ownPending(topic.name(), topic.ownPendingFrom(), count));
            List<IncomingMessage> messages = take(topic, page, 0);
            if (page.size() < count) {
                topic.ownPendingRead();
            } else {
                topic.readOwnPendingTo("(" + page.get(page.size() - 1).id());
            }
            if (!messages.isEmpty()) {
                return messages;
            }
        }
        return List.of();
    }

    /** Takes over what others left; as many as were asked for when there may be more. */
    List<IncomingMessage> abandoned(TopicState topic, int max) {
        long idle = scope.options().claimAfter().toMillis();
        List<Pending> page = page(topic, scope.commands().idlePending(topic.name(), idle, Math.min(max, MOST_AT_ONCE)));
        List<IncomingMessage> messages = take(topic, page, idle);
        if (!messages.isEmpty()) {
            LOG.info(
                    "Took over {} messages of topic {} that {} of group {} left unacknowledged for {} ms or more",
                    messages.size(),
                    topic.name(),
                    consumers(page),
                    scope.group(),
                    idle);
        }
        return messages;
    }

    private List<Pending> page(TopicState topic, Reply<List<Object>> question) {
        List<Pending> page = new ArrayList<>();
        for (Object line : scope.link().ask(scope.asked("tell what is pending in", topic), question)) {
            List<?> fields = (List<?>) line;
            page.add(new Pending(text(fields.get(0)), text(fields.get(1))));
        }
        return page;
    }

    private List<IncomingMessage> take(TopicState topic, List<Pending> pending, long idleMillis) {
        List<String> ids = pending.stream()
                .map(Pending::id)
                .filter(id -> !topic.held().holds(id))
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        List<IncomingMessage> messages = scope.link()
                .ask(
                        scope.asked("hand over pending messages of", topic),
                        scope.commands().claim(topic.name(), idleMillis, ids));
        if (messages.size() < ids.size()) {
            Set<String> missing = new HashSet<>(ids);
            messages.forEach(message -> missing.remove(message.position()));
            tellLost(topic, pending, missing);
        }
        return messages;
    }

    /** What was not handed over is gone from the stream, or somebody else was faster. */
    private void tellLost(TopicState topic, List<Pending> pending, Set<String> missing) {
        List<String> ids = missing.stream().sorted().toList();
        List<List<IncomingMessage>> found = scope.link()
                .askAll(
                        scope.asked("look up entries of", topic),
                        ids.stream()
                                .map(id -> StreamCommands.entry(topic.name(), id))
                                .toList());
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (found.get(i).isEmpty()) {
                lost.add(ids.get(i));
            }
        }
        if (!lost.isEmpty()) {
            scope.link()
                    .ask(
                            scope.asked("forget lost messages of", topic),
                            scope.commands().acknowledge(topic.name(), lost));
            scope.tell(
                    Kind.PENDING_LOST,
                    topic,
                    lost.size(),
                    "entries " + lost.get(0) + " to " + lost.get(lost.size() - 1) + " were trimmed or deleted before "
                            + consumers(pending) + " acknowledged them");
        }
    }

    private static String consumers(List<Pending> pending) {
        return String.join(
                ", ", pending.stream().map(Pending::consumer).distinct().toList());
    }

    private static String text(Object value) {
        return new String((byte[]) value, UTF_8);
    }
}
