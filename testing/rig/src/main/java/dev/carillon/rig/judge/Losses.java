package dev.carillon.rig.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
        long least = 0;
        for (int i = 0; i < damages.size(); i++) {
            if (damages.get(i).countable() && !isOvertaken(i)) {
                least += damages.get(i).unread().size();
            }
        }
        return least;
    }

    /** What was lost of a topic right before that was deleted need not be told: nobody may have seen it in between. */
    private boolean isOvertaken(int number) {
        return number + 1 < damages.size()
                && damages.get(number + 1).reportedAs().contains("GROUP_RECREATED");
    }

    /** How many messages may have been told as lost: what was read may yet be delivered, and may not. */
    public long most() {
        return damages.stream()
                .mapToLong(
                        damage -> (long) damage.unread().size() + damage.given().size())
                .sum();
    }

    /** How many messages were told as lost; those that were told twice count once. */
    public long told() {
        Map<String, Long> byIncident = reports.stream()
                .filter(LossReport::isLoss)
                .collect(Collectors.toMap(
                        LossReport::incident, report -> Math.max(0, report.messages()), (first, again) -> first));
        return byIncident.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Whether what was told is what was lost, and nothing else; what cannot be counted is to be told all the same, each time.
     *
     * @param undelivered how many events really had no effect, because the broker lost them
     */
    public boolean isToldRightly(long undelivered) {
        return (undelivered == 0 || !reports.isEmpty())
                && unexplained().isEmpty()
                && untold().isEmpty()
                && told() >= least()
                && told() <= most();
    }

    /** False alarms, and reports without a number of losses that can be counted. */
    public List<LossReport> unexplained() {
        return reports.stream()
                .filter(report -> damages.stream().noneMatch(damage -> isReportOf(report, damage)))
                .toList();
    }

    private static boolean isReportOf(LossReport report, Damage damage) {
        return damage.reportedAs().contains(report.kind()) && (report.messages() >= 0 || !damage.countable());
    }

    /** What cannot be counted, and was told less often than it happened. */
    public List<Damage> untold() {
        Map<Set<String>, List<Damage>> uncountable = damages.stream()
                .filter(damage -> !damage.countable() && damage.isLoss())
                .collect(Collectors.groupingBy(Damage::reportedAs));
        return uncountable.values().stream()
                .filter(same -> reports.stream()
                                .filter(report -> report.messages() < 0 && isReportOf(report, same.get(0)))
                                .count()
                        < same.size())
                .flatMap(List::stream)
                .toList();
    }
}
