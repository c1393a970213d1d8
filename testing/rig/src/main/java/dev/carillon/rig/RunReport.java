package dev.carillon.rig;

import dev.carillon.rig.fault.FaultKind;
import dev.carillon.rig.judge.LossReport;
import dev.carillon.rig.judge.Losses;
import dev.carillon.rig.judge.Range;
import dev.carillon.rig.judge.RecordedEvent;
import dev.carillon.rig.judge.Verdict;
import dev.carillon.rig.service.ReceiverName;
import dev.carillon.rig.service.RigNames;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The result of a run.
 *
 * @param options the options of the run
 * @param ledger every event that was committed
 * @param verdicts the verdict for each receiver
 * @param losses what faults made the broker lose, and what consumers reported of it
 * @param stuck events that were delayed without cause, while another key failed or after the registry had recovered
 * @param faults the number of faults by kind
 * @param redriven how many dead letters were redriven
 * @param unpublished how many events are left in the outbox, waiting or dead-lettered
 * @param unexpectedExits how often services ended by themselves, by name
 * @param duration from the start of the servers to this report
 */
record RunReport(
        RunOptions options,
        List<RecordedEvent> ledger,
        Map<ReceiverName, Verdict> verdicts,
        Losses losses,
        List<RecordedEvent> stuck,
        Map<FaultKind, Integer> faults,
        long redriven,
        long unpublished,
        Map<String, Integer> unexpectedExits,
        Duration duration) {

    private static final int MAX_LISTED = 20;

    /** Whether nothing is wrong. Never true for a broker without persistence: that run must show the loss. */
    boolean isSuccess() {
        return options.persistent()
                && verdicts.values().stream().allMatch(Verdict::isFlawless)
                && unexpectedExits.isEmpty()
                && stuck.isEmpty()
                && areLossesReported();
    }

    private boolean areLossesReported() {
        return losses.isReportedCorrectly(
                all(Verdict::lostByBroker).stream().distinct().count());
    }

    /** How many events were committed. */
    long sent() {
        return ledger.size();
    }

    /** The events of one part of the verdicts of all receivers. */
    List<RecordedEvent> all(Function<Verdict, List<RecordedEvent>> part) {
        return verdicts.values().stream()
                .flatMap(verdict -> part.apply(verdict).stream())
                .toList();
    }

    private long sum(ToLongFunction<Verdict> part) {
        return verdicts.values().stream().mapToLong(part).sum();
    }

    private long count(Function<Verdict, List<RecordedEvent>> part) {
        return all(part).size();
    }

    /** Prints the report; returns whether nothing is wrong. */
    boolean print(PrintStream out) {
        printFigures(out);
        losses.losses().forEach(loss -> out.println("lost by the broker: " + loss));
        losses.reports().stream()
                .map(LossReport::text)
                .distinct()
                .limit(MAX_LISTED)
                .forEach(text -> out.println("reported by " + text));
        out.println();
        if (isSuccess()) {
            out.println("PASSED: every committed event was delivered, in order, and had its effect once");
        } else {
            explain(out);
        }
        return isSuccess();
    }

    private void printFigures(PrintStream out) {
        out.println();
        out.printf("%-26s %s%n", "seed", options.seed());
        out.printf("%-26s %d s%n", "duration", duration.toSeconds());
        out.printf("%-26s %s%n", "faults", describe(faults));
        print(out, "sent (committed)", sent());
        print(out, "receivers", verdicts.size());
        print(out, "to be delivered", sent() * verdicts.size());
        print(out, "delivered (distinct)", sum(Verdict::delivered));
        print(out, "duplicate deliveries", sum(Verdict::duplicates));
        print(out, "dead letters redriven", redriven);
        print(out, "left in the outbox", unpublished);
        print(out, "left as dead letters", count(Verdict::deadLetters));
        print(out, "lost", count(Verdict::lost));
        print(out, "out of order per key", count(Verdict::outOfOrder));
        print(out, "duplicate effects", count(Verdict::duplicateEffects));
        print(out, "missing effects", count(Verdict::missingEffects));
        print(out, "effects out of order", count(Verdict::effectsOutOfOrder));
        print(out, "never committed", count(Verdict::uncommitted) + count(Verdict::uncommittedEffects));
        print(out, "stuck without cause", stuck.size());
        out.printf(
                "%-26s %d%s%n",
                "lost by the broker",
                losses.minExpected(),
                losses.maxExpected() == losses.minExpected() ? "" : " to " + losses.maxExpected() + " messages");
        print(out, "reported as lost", losses.reported());
        out.printf("%-26s %s%n", "losses reported correctly", areLossesReported() ? "yes" : "NO");
        if (count(Verdict::ledgerGaps) > 0) {
            print(out, "gaps in the ledger", count(Verdict::ledgerGaps));
        }
    }

    private static List<RecordedEvent> deliveredWithoutEffect(Verdict verdict) {
        Set<RecordedEvent> lost = Set.copyOf(verdict.lost());
        return verdict.missingEffects().stream()
                .filter(entry -> !lost.contains(entry))
                .toList();
    }

    private void explain(PrintStream out) {
        verdicts.forEach((receiver, verdict) -> explain(out, receiver, verdict));
        list(out, "stuck behind a key that was not theirs, or after the registry had recovered", stuck);
        if (!areLossesReported()) {
            out.printf(
                    "consumers reported the loss of %d messages, in %d reports; lost were %s%n",
                    losses.reported(),
                    losses.reports().size(),
                    losses.losses().isEmpty()
                            ? "none"
                            : "from " + losses.minExpected() + " to " + losses.maxExpected());
        }
        losses.unreported().forEach(loss -> out.println("NOT REPORTED, or less often than it happened: " + loss));
        losses.unexpected()
                .forEach(report ->
                        out.println("REPORTED, although it did not happen, or without its number: " + report.text()));
        unexpectedExits.forEach((name, times) -> out.printf("%s ended by itself, %d times%n", name, times));
        if (sent() == 0) {
            out.println("nothing was sent, which proves nothing");
        }
        if (!options.persistent()) {
            out.println(
                    count(Verdict::lost) == 0
                            ? "FAILED: this broker keeps nothing over a restart, but no event was lost: no fault hit one, which"
                                    + " proves nothing"
                            : "FAILED: this broker keeps nothing over a restart, and the events that it had were lost");
        } else {
            out.println("FAILED; to repeat this run: " + options.command());
        }
        out.println("the logs of all processes are in " + options.folder().resolve("logs"));
    }

    private void explain(PrintStream out, ReceiverName receiver, Verdict verdict) {
        if (!verdict.lost().isEmpty()) {
            List<Range> ranges = Range.of(ledger, verdict.lost());
            out.printf(
                    "LOST: %d events of topic %s were committed and never delivered to receiver %s, in %d ranges:%n",
                    verdict.lost().size(), RigNames.TOPIC, receiver, ranges.size());
            ranges.stream().limit(MAX_LISTED).forEach(range -> out.println("  " + range));
        }
        list(out, "given up by " + receiver + " (dead letters)", verdict.deadLetters());
        list(out, "delivered to " + receiver + " after a higher number of their key", verdict.outOfOrder());
        list(out, "with more than one effect in " + receiver, verdict.duplicateEffects());
        list(out, "delivered to " + receiver + ", but without an effect", deliveredWithoutEffect(verdict));
        list(
                out,
                "with an effect in " + receiver + " after that of a higher number of their key",
                verdict.effectsOutOfOrder());
        list(out, "delivered to " + receiver + ", although never committed", verdict.uncommitted());
        list(out, "with an effect in " + receiver + ", although never committed", verdict.uncommittedEffects());
        list(out, "in the ledger after a gap, which is a fault of the database or of the rig", verdict.ledgerGaps());
    }

    private static void list(PrintStream out, String what, List<RecordedEvent> entries) {
        if (!entries.isEmpty()) {
            out.printf("%d events %s:%n", entries.size(), what);
            entries.stream().limit(MAX_LISTED).forEach(entry -> out.println("  " + entry));
            if (entries.size() > MAX_LISTED) {
                out.printf("  and %d more%n", entries.size() - MAX_LISTED);
            }
        }
    }

    private static void print(PrintStream out, String label, long count) {
        out.printf("%-26s %d%n", label, count);
    }

    private static String describe(Map<FaultKind, Integer> faults) {
        int all = faults.values().stream().mapToInt(Integer::intValue).sum();
        return all + ": "
                + new TreeMap<>(faults)
                        .entrySet().stream()
                                .map(each -> each.getKey().word() + " " + each.getValue())
                                .collect(Collectors.joining(", "));
    }
}
