package dev.carillon.rig.judge;

import java.util.List;
import java.util.Set;

/**
 * What the broker lost at one time, or in one go.
 *
 * @param what what was done to it
 * @param unread the ids of the events of messages that the group had not been given, one for each message
 * @param given the same for messages that the group had been given, and had not acknowledged: a consumer may still have them
 * @param countable whether a consumer can know the number
 * @param reportedAs the kinds of incidents that tell of it
 */
public record Damage(String what, List<String> unread, List<String> given, boolean countable, Set<String> reportedAs) {

    /** Takes copies. */
    public Damage {
        unread = List.copyOf(unread);
        given = List.copyOf(given);
        reportedAs = Set.copyOf(reportedAs);
    }

    /** Whether there is anything to tell. */
    boolean isLoss() {
        return !unread.isEmpty() || !given.isEmpty();
    }

    @Override
    public String toString() {
        return what + ": " + unread.size() + " messages that nobody had read"
                + (given.isEmpty() ? "" : ", and " + given.size() + " that were read and not acknowledged");
    }
}
