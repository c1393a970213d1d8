package dev.carillon.rig.judge;

import java.util.List;
import java.util.Set;

/**
 * Messages that the broker lost because of one fault.
 *
 * @param fault what was done to the broker
 * @param undelivered the event ids of lost messages that the group had not been given yet, one for each message
 * @param unacknowledged the same for messages that the group had been given and had not acknowledged: a consumer may still have them
 * @param countable whether a consumer can know the number of lost messages
 * @param incidentKinds the kinds of incidents that report this loss
 */
public record BrokerLoss(
        String fault,
        List<String> undelivered,
        List<String> unacknowledged,
        boolean countable,
        Set<String> incidentKinds) {

    /** Takes copies. */
    public BrokerLoss {
        undelivered = List.copyOf(undelivered);
        unacknowledged = List.copyOf(unacknowledged);
        incidentKinds = Set.copyOf(incidentKinds);
    }

    /** Whether any message was lost, so that there must be a report. */
    boolean hasLostMessages() {
        return !undelivered.isEmpty() || !unacknowledged.isEmpty();
    }

    @Override
    public String toString() {
        return fault + ": " + undelivered.size() + " undelivered messages lost"
                + (unacknowledged.isEmpty() ? "" : ", and " + unacknowledged.size() + " unacknowledged ones");
    }
}
