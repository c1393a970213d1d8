package dev.carillon.rig.judge;

import java.util.List;

/**
 * What the broker lost, beside what consumers told of it.
 *
 * @param damages what was done to the broker
 * @param reports what consumers told
 */
public record Losses(List<Damage> damages, List<LossReport> reports) {

    /** Takes copies. */
    public Losses {
        damages = List.copyOf(damages);
        reports = List.copyOf(reports);
    }

    /** How many messages must have been told as lost, at least. */
    public long least() {
        return damages.stream()
                .filter(Damage::countable)
                .mapToLong(damage -> damage.unread().size())
                .sum();
    }

    /** How many messages may have been told as lost: what was read may yet be delivered, and may not. */
    public long most() {
        return damages.stream()
                .mapToLong(
                        damage -> (long) damage.unread().size() + damage.given().size())
                .sum();
    }

    /** How many messages were told as lost. */
    public long told() {
        return reports.stream()
                .filter(LossReport::isLoss)
                .mapToLong(report -> Math.max(0, report.messages()))
                .sum();
    }

    /**
     * Whether what was told is what was lost; what cannot be counted is to be told all the same.
     *
     * @param undelivered how many events really had no effect, because the broker lost them
     */
    public boolean isToldRightly(long undelivered) {
        boolean allCountable = damages.stream().allMatch(Damage::countable);
        boolean counted = reports.stream().allMatch(report -> report.messages() >= 0);
        boolean anyLost = undelivered > 0
                || damages.stream().anyMatch(damage -> !damage.unread().isEmpty());
        return (!damages.isEmpty() || reports.isEmpty())
                && (!allCountable || counted)
                && (!anyLost || !reports.isEmpty())
                && told() >= least()
                && told() <= most();
    }
}
