package dev.carillon.rig.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The messages that the broker lost, compared with the consumers' reports of losses.
 *
 * @param losses what the broker lost, in order of time
 * @param reports what the consumers reported
 */
public record Losses(List<BrokerLoss> losses, List<LossReport> reports) {

    /** Takes copies. */
    public Losses {
        losses = List.copyOf(losses);
        reports = List.copyOf(reports);
    }

    /** The lowest correct number of messages reported as lost. */
    public long minExpected() {
        long minExpected = 0;
        for (int i = 0; i < losses.size(); i++) {
            if (losses.get(i).countable() && !isFollowedByDeletion(i)) {
                minExpected += losses.get(i).undelivered().size();
            }
        }
        return minExpected;
    }

    /** A loss right before its topic was deleted need not be reported: consumers may not have noticed it in between. */
    private boolean isFollowedByDeletion(int number) {
        return number + 1 < losses.size()
                && losses.get(number + 1).incidentKinds().contains("GROUP_RECREATED");
    }

    /** The highest correct number of messages reported as lost: unacknowledged messages may still be delivered, or not. */
    public long maxExpected() {
        return losses.stream()
                .mapToLong(loss ->
                        (long) loss.undelivered().size() + loss.unacknowledged().size())
                .sum();
    }

    /** How many messages were reported as lost. An incident that was reported twice counts once. */
    public long reported() {
        Map<String, Long> byIncident = reports.stream()
                .filter(LossReport::isLoss)
                .collect(Collectors.toMap(
                        LossReport::incident, report -> Math.max(0, report.messages()), (first, again) -> first));
        return byIncident.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Whether the reports match the losses. A loss that cannot be counted must be reported, too, each time.
     *
     * @param withoutEffect how many events had no effect because the broker lost them
     */
    public boolean isReportedCorrectly(long withoutEffect) {
        return (withoutEffect == 0 || !reports.isEmpty())
                && unexpected().isEmpty()
                && unreported().isEmpty()
                && reported() >= minExpected()
                && reported() <= maxExpected();
    }

    /** Reports of no loss, and reports of a countable loss without its number. */
    public List<LossReport> unexpected() {
        return reports.stream()
                .filter(report -> losses.stream().noneMatch(loss -> isReportOf(report, loss)))
                .toList();
    }

    private static boolean isReportOf(LossReport report, BrokerLoss loss) {
        return loss.incidentKinds().contains(report.kind()) && (report.messages() >= 0 || !loss.countable());
    }

    /** Losses that cannot be counted, and that were reported less often than they happened. */
    public List<BrokerLoss> unreported() {
        Map<Set<String>, List<BrokerLoss>> uncountable = losses.stream()
                .filter(loss -> !loss.countable() && loss.hasLostMessages())
                .collect(Collectors.groupingBy(BrokerLoss::incidentKinds));
        return uncountable.values().stream()
                .filter(same -> reports.stream()
                                .filter(report -> report.messages() < 0 && isReportOf(report, same.get(0)))
                                .count()
                        < same.size())
                .flatMap(List::stream)
                .toList();
    }
}
