package dev.carillon.rig.judge;

import java.util.List;

/**
 * What the judge found for one receiver. Any event in one of the lists, except {@code lostByBroker}, fails the run.
 *
 * @param sent how many events were committed
 * @param delivered how many of them reached the receiver
 * @param duplicates how many further deliveries there were of events that had been delivered before
 * @param ledgerGaps events behind a missing number in the ledger itself: the database lost a commit, or the rig has a bug
 * @param deadLetters events that the consumers gave up, without effect
 * @param lostByBroker events that the broker lost, without effect: not a failure of the bus, which only has to report them
 * @param lost events that were committed and never delivered, and are neither dead letters nor lost by the broker
 * @param uncommitted events that were delivered although they were never committed
 * @param outOfOrder first deliveries after one of the same key with a higher number
 * @param duplicateEffects effects that exist more than once
 * @param missingEffects events that were committed and have no effect, and are no dead letters
 * @param uncommittedEffects effects of events that were never committed
 * @param effectsOutOfOrder effects after one of the same key with a higher number
 */
public record Verdict(
        long sent,
        long delivered,
        long duplicates,
        List<RecordedEvent> ledgerGaps,
        List<RecordedEvent> deadLetters,
        List<RecordedEvent> lostByBroker,
        List<RecordedEvent> lost,
        List<RecordedEvent> uncommitted,
        List<RecordedEvent> outOfOrder,
        List<RecordedEvent> duplicateEffects,
        List<RecordedEvent> missingEffects,
        List<RecordedEvent> uncommittedEffects,
        List<RecordedEvent> effectsOutOfOrder) {

    /** Whether every event was delivered, in order, and had its effect once. False when nothing was sent. */
    public boolean isFlawless() {
        return sent > 0
                && ledgerGaps.isEmpty()
                && deadLetters.isEmpty()
                && lost.isEmpty()
                && uncommitted.isEmpty()
                && outOfOrder.isEmpty()
                && duplicateEffects.isEmpty()
                && missingEffects.isEmpty()
                && uncommittedEffects.isEmpty()
                && effectsOutOfOrder.isEmpty();
    }
}
