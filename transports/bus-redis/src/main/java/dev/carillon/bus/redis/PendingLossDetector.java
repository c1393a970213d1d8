package dev.carillon.bus.redis;

import dev.carillon.bus.redis.EntryOutput.ReadBudget;
import dev.carillon.bus.transport.GroupIncident.Kind;
import dev.carillon.bus.transport.IncomingMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Detects pending entries that are no longer in their stream, and reports each once. */
final class PendingLossDetector {

    /** When entries were lost that a live member still has in memory. */
    static final String WHILE_IN_FLIGHT =
            "while in flight at this member: they will be handled unless it crashes, and cannot be delivered again";

    private static final int LOOKUPS_PER_ROUND_TRIP = 500;

    private final ConsumerContext context;

    PendingLossDetector(ConsumerContext context) {
        this.context = context;
    }

    /**
     * Looks up entries; reports those that are no longer in the stream and acknowledges them, so that they are not pending any
     * more.
     *
     * @param when when they were lost, in words for the report
     * @return the ids of the lost entries
     */
    List<StreamId> detect(TopicState topic, Collection<StreamId> ids, String when) {
        List<StreamId> sorted = ids.stream().sorted().toList();
        List<StreamId> lost = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += LOOKUPS_PER_ROUND_TRIP) {
            lost.addAll(missing(topic, sorted.subList(from, Math.min(sorted.size(), from + LOOKUPS_PER_ROUND_TRIP))));
        }
        if (!lost.isEmpty()) {
            context.redis()
                    .execute(
                            context.operation("acknowledge lost messages of", topic),
                            context.commands().acknowledge(topic.name(), lost));
            report(topic, lost, when);
        }
        return lost;
    }

    /** Reports entries that are known to be lost, in stream order. */
    void report(TopicState topic, List<StreamId> lost, String when) {
        context.report(
                Kind.PENDING_LOST,
                topic,
                lost.size(),
                "entries " + lost.get(0) + " to " + lost.get(lost.size() - 1) + " were trimmed or deleted " + when);
    }

    /**
     * Reports the pending messages of a consumer that crashed, if it is no longer in the group: an operator has removed it, and with it
     * everything that was pending for it.
     *
     * @param lastPending how many messages were pending for it when it last stored its state
     */
    void reportIfRemoved(TopicState topic, String consumer, String lastPending) {
        List<String> consumers = GroupInspector.names(context.redis()
                .execute(
                        context.operation("list the consumers of", topic),
                        context.commands().consumersInfo(topic.name())));
        if (!consumers.contains(consumer)) {
            context.report(
                    Kind.PENDING_LOST,
                    topic,
                    -1,
                    "consumer " + consumer
                            + " ended without finishing its work and was removed (XGROUP DELCONSUMER) with everything"
                            + " that was pending for it: " + lastPending + " messages at its last inspection");
        }
    }

    /** Reads no event data, which may be large. */
    private List<StreamId> missing(TopicState topic, List<StreamId> ids) {
        List<ReadBudget> lookups = new ArrayList<>();
        List<RedisCommand<List<IncomingMessage>>> commands = new ArrayList<>();
        for (StreamId id : ids) {
            ReadBudget idsOnly = new ReadBudget(0);
            lookups.add(idsOnly);
            commands.add(StreamCommands.entry(topic.name(), id, idsOnly));
        }
        context.redis().executeAll(context.operation("look up entries of", topic), commands);
        List<StreamId> missing = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (lookups.get(i).firstSkipped(topic.name()) == null) {
                missing.add(ids.get(i));
            }
        }
        return missing;
    }
}
