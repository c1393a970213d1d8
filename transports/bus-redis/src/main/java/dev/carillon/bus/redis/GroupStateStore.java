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

    /** The state's field for the consumer that stored it: a later holder of the lease may have ended before it read anything. */
    private static final String PENDING_OF = "pending-of";

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
        boolean released = lease.previousHolder().equals(text(state.get(LeaseCommands.RELEASED)));
        topic.incidents().ledger().inherit(state, released);
        // Also if the previous member had the name of this one: it is in the group again only once it reads. Not if it
        // released
        // its lease: then it may have finished everything since it last stored its state, and have removed itself.
        String previous = LeaseCommands.consumerOf(lease.previousHolder());
        String pending = text(state.get(TopicState.PENDING));
        if (!released && previous.equals(text(state.get(PENDING_OF))) && !pending.isEmpty() && !pending.equals("0")) {
            pendingLosses.reportIfRemoved(topic, previous, pending);
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
        save(topic, Map.of(DeliveryLedger.POSITION, "", DeliveryLedger.GIVEN, "", TopicState.PENDING, "0"));
        return true;
    }

    /** Saves the state if it has changed and this member has the lease. */
    void save(TopicState topic) {
        @Nullable Lease lease = topic.lease();
        Map<String, String> state = lease != null && lease.isValid(System.nanoTime()) ? topic.unsavedState() : Map.of();
        if (!state.isEmpty()) {
            Map<String, String> withConsumer = new LinkedHashMap<>(state);
            withConsumer.put(PENDING_OF, context.options().consumer());
            save(topic, withConsumer);
            topic.stateSaved(state);
        }
    }

    private void save(TopicState topic, Map<String, String> state) {
        context.redis().execute(context.operation("save the state of", topic), commands.saveState(topic.name(), state));
    }
}
