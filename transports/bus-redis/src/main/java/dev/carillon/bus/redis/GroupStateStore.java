package dev.carillon.bus.redis;

import static dev.carillon.bus.redis.RedisCommand.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores in Redis what the next active member must know: which members respect leases, the position of the group, and the
 * counts of delivered and lost entries.
 */
final class GroupStateStore {

    /** The state's field for the token of the member that stored it: later holders of the lease may have ended before they did. */
    private static final String STORED_BY = "stored-by";

    private final ConsumerContext context;
    private final LeaseCommands commands;
    private final PendingLossDetector pendingLosses;

    GroupStateStore(ConsumerContext context, LeaseCommands commands, PendingLossDetector pendingLosses) {
        this.context = context;
        this.commands = commands;
        this.pendingLosses = pendingLosses;
    }

    /** Loads the state that the previous member stored, before this member reads the topic with a new lease. */
    void load(TopicState topic, Lease lease) {
        Map<String, Object> state = state(topic);
        context.members().addFrom(state.keySet());
        String previous = lease.previousHolder();
        String storedBy = text(state.get(STORED_BY));
        boolean released = previous.equals(text(state.get(LeaseCommands.RELEASED)));
        topic.incidents().ledger().inherit(state, released && previous.equals(storedBy));
        // Also if the previous member had the name of this one: it is in the group again only once it reads. Not if it
        // released its
        // lease: then it may have finished everything since it last stored its state, and have removed itself.
        String consumer = LeaseCommands.consumerOf(previous);
        String pending = text(state.get(TopicState.PENDING));
        if (!released
                && consumer.equals(LeaseCommands.consumerOf(storedBy))
                && !pending.isEmpty()
                && !pending.equals("0")) {
            pendingLosses.reportIfRemoved(topic, consumer, pending);
        }
    }

    private Map<String, Object> state(TopicState topic) {
        return RedisCommand.fields(
                context.redis().execute(context.operation("load the state of", topic), commands.state(topic.name())));
    }

    /**
     * Clears the position and the counts, because the group was created again.
     *
     * @return whether there was a position
     */
    boolean clear(TopicState topic) {
        if (text(state(topic).get(DeliveryLedger.POSITION)).isEmpty()) {
            return false;
        }
        save(topic, Map.of(DeliveryLedger.POSITION, "", DeliveryLedger.DELIVERED_COUNT, "", TopicState.PENDING, "0"));
        return true;
    }

    /** Saves the state if it has changed and this member has the lease. */
    void save(TopicState topic) {
        @Nullable Lease lease = topic.lease();
        Map<String, String> state = lease != null && lease.isValid(System.nanoTime()) ? topic.unsavedState() : Map.of();
        if (!state.isEmpty()) {
            Map<String, String> withMember = new LinkedHashMap<>(state);
            withMember.put(STORED_BY, commands.token());
            save(topic, withMember);
            topic.stateSaved(state);
        }
    }

    private void save(TopicState topic, Map<String, String> state) {
        context.redis().execute(context.operation("save the state of", topic), commands.saveState(topic.name(), state));
    }
}
