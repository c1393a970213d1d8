package dev.carillon.bus.redis;

import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Tells of entries that left their stream while they were pending, each once. */
final class LostEntries {

    private static final int AT_ONCE = 500;

    private final GroupScope scope;

    LostEntries(GroupScope scope) {
        this.scope = scope;
    }

    /** Looks these up, and tells of those that the stream does not have any more; they are pending no longer. */
    List<String> tell(TopicState topic, Collection<String> ids, String when) {
        List<String> sorted =
                ids.stream().sorted(Comparator.comparing(StreamId::parse)).toList();
        List<String> lost = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += AT_ONCE) {
            lost.addAll(missing(topic, sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE))));
        }
        if (!lost.isEmpty()) {
            scope.link()
                    .ask(
                            scope.asked("forget lost messages of", topic),
                            scope.commands().acknowledge(topic.name(), lost));
            told(topic, lost, when);
        }
        return lost;
    }

    /** Tells of entries that are known to be gone, in their order. */
    void told(TopicState topic, List<String> lost, String when) {
        scope.tell(
                Kind.PENDING_LOST,
                topic,
                lost.size(),
                "entries " + lost.get(0) + " to " + lost.get(lost.size() - 1) + " were trimmed or deleted " + when);
    }

    /**
     * The member before us left something pending. If the group does not have it any more, somebody removed it, and with it what
     * was pending for it.
     */
    void tellIfRemoved(TopicState topic, String consumer, String pendingLast) {
        List<String> members = GroupLook.names(scope.link()
                .ask(scope.asked("name the members of", topic), scope.commands().consumersInfo(topic.name())));
        if (!members.contains(consumer)) {
            scope.tell(
                    Kind.PENDING_LOST,
                    topic,
                    -1,
                    "consumer " + consumer
                            + " ended without finishing its work, and was removed (XGROUP DELCONSUMER) with all"
                            + " that was pending for it: " + pendingLast + " messages when it looked last");
        }
    }

    /** Reads messages again that we hold; those that are gone are told, if they were not before. */
    List<IncomingMessage> readAgain(TopicState topic, List<String> positions) {
        List<List<IncomingMessage>> found = scope.link()
                .askAll(
                        scope.asked("hand over messages again of", topic),
                        positions.stream()
                                .map(id -> StreamCommands.entry(topic.name(), id, ReadBudget.unlimited()))
                                .toList());
        List<IncomingMessage> messages = new ArrayList<>(positions.size());
        List<String> gone = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            messages.addAll(found.get(i));
            if (found.get(i).isEmpty() && !topic.held().isForgotten(positions.get(i))) {
                gone.add(positions.get(i));
            }
        }
        if (!gone.isEmpty()) {
            topic.held().forget(gone);
            told(topic, gone, "before they were handled");
        }
        return messages;
    }

    /** Without their data: it may be large. */
    private List<String> missing(TopicState topic, List<String> ids) {
        List<ReadBudget> found = new ArrayList<>();
        List<Reply<List<IncomingMessage>>> questions = new ArrayList<>();
        for (String id : ids) {
            ReadBudget nothing = new ReadBudget(0);
            found.add(nothing);
            questions.add(StreamCommands.entry(topic.name(), id, nothing));
        }
        scope.link().askAll(scope.asked("look up entries of", topic), questions);
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (found.get(i).firstSkipped(topic.name()) == null) {
                missing.add(ids.get(i));
            }
        }
        return missing;
    }
}
