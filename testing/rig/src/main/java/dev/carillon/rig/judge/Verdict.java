package dev.carillon.rig.judge;

import java.util.List;

/**
 * What the lists show. Where entries are named, the run has failed.
 *
 * @param sent how many events were committed
 * @param delivered how many of them reached a receiver
 * @param duplicates how many deliveries there were besides, of an event that had been delivered
 * @param ledgerGaps numbers behind which one is missing in the ledger itself: the database lost a commit, or the rig is wrong
 * @param deadLetters given up by the consumers, without effect
 * @param gone lost by the broker, without effect: no fault of the bus, which has to tell of it
 * @param lost committed, never delivered, nor a dead letter, nor lost by the broker
 * @param strangers delivered, but never committed
 * @param outOfOrder first deliveries behind one of the same key with a higher number
 * @param appliedTwice effects that are there more than once
 * @param missing committed, without effect, and no dead letter
 * @param strangeEffects effects of what was never committed
 * @param effectsOutOfOrder effects behind one of the same key with a higher number
 */
public record Verdict(
        long sent,
        long delivered,
        long duplicates,
        List<Entry> ledgerGaps,
        List<Entry> deadLetters,
        List<Entry> gone,
        List<Entry> lost,
        List<Entry> strangers,
        List<Entry> outOfOrder,
        List<Entry> appliedTwice,
        List<Entry> missing,
        List<Entry> strangeEffects,
        List<Entry> effectsOutOfOrder) {

    /** Whether every event was delivered, in order, and has had its effect once. Nothing sent proves nothing. */
    public boolean isFlawless() {
        return sent > 0
                && ledgerGaps.isEmpty()
                && deadLetters.isEmpty()
                && lost.isEmpty()
                && strangers.isEmpty()
                && outOfOrder.isEmpty()
                && appliedTwice.isEmpty()
                && missing.isEmpty()
                && strangeEffects.isEmpty()
                && effectsOutOfOrder.isEmpty();
    }
}
