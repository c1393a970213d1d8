package dev.carillon.rig;

import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.judge.LossReport;
import dev.carillon.rig.judge.Losses;
import dev.carillon.rig.judge.Range;
import dev.carillon.rig.judge.Verdict;
import dev.carillon.rig.role.Listener;
import dev.carillon.rig.role.Roles;
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
 * What a run came to.
 *
 * @param options what it was like
 * @param ledger every event that was committed
 * @param verdicts what was found, for each receiver
 * @param losses what the broker was made to lose, and what consumers told of it
 * @param waited events that waited without cause, while another key failed or when the registry was well again
 * @param faults how often what broke
 * @param redriven how many dead letters were sent to the group again
 * @param unpublished what is left in the outbox, waiting or parked
 * @param desertions services that ended by themselves, and how often
 * @param duration from the first start to the judgement
 */
record Outcome(
        RunOptions options,
        List<Entry> ledger,
        Map<Listener, Verdict> verdicts,
        Losses losses,
        List<Entry> waited,
        Map<Kind, Integer> faults,
        long redriven,
        long unpublished,
        Map<String, Integer> desertions,
        Duration duration) {

    private static final int SHOWN = 20;

    /** Whether nothing is wrong. A broker that keeps nothing is never a success: then the run is to show the loss. */
    boolean isSuccess() {
        return options.persistent()
                && verdicts.values().stream().allMatch(Verdict::isFlawless)
                && desertions.isEmpty()
                && waited.isEmpty()
                && isLossTold();
    }

    /** Whether what was told is what was lost. */
    private boolean isLossTold() {
        return losses.isToldRightly(all(Verdict::gone).stream().distinct().count());
    }

    /** How many events were committed. */
    long sent() {
        return ledger.size();
    }

    /** The entries of all receivers. */
    List<Entry> all(Function<Verdict, List<Entry>> part) {
        return verdicts.values().stream()
                .flatMap(verdict -> part.apply(verdict).stream())
                .toList();
    }

    private long sum(ToLongFunction<Verdict> part) {
        return verdicts.values().stream().mapToLong(part).sum();
    }

    private long count(Function<Verdict, List<Entry>> part) {
        return all(part).size();
    }

    /** Prints the report; answers whether nothing is wrong. */
    boolean print(PrintStream out) {
        out.println();
        out.printf("%-26s %s%n", "seed", options.seed());
        out.printf("%-26s %d s%n", "duration", duration.toSeconds());
        out.printf("%-26s %s%n", "faults", words(faults));
        count(out, "sent (committed)", sent());
        count(out, "receivers", verdicts.size());
        count(out, "to be delivered", sent() * verdicts.size());
        count(out, "delivered (distinct)", sum(Verdict::delivered));
        count(out, "duplicate deliveries", sum(Verdict::duplicates));
        count(out, "dead letters redriven", redriven);
        count(out, "left in the outbox", unpublished);
        count(out, "left as dead letters", count(Verdict::deadLetters));
        count(out, "lost", count(Verdict::lost));
        count(out, "out of order per key", count(Verdict::outOfOrder));
        count(out, "effects applied twice", count(Verdict::appliedTwice));
        count(out, "effects missing", count(Verdict::missing));
        count(out, "effects out of order", count(Verdict::effectsOutOfOrder));
        count(out, "never committed", count(Verdict::strangers) + count(Verdict::strangeEffects));
        count(out, "waited without cause", waited.size());
        out.printf(
                "%-26s %d%s%n",
                "lost by the broker",
                losses.least(),
                losses.most() == losses.least() ? "" : " to " + losses.most() + " messages");
        count(out, "told as lost", losses.told());
        out.printf("%-26s %s%n", "told losses = real losses", isLossTold() ? "yes" : "NO");
        if (count(Verdict::ledgerGaps) > 0) {
            count(out, "gaps in the ledger", count(Verdict::ledgerGaps));
        }
        losses.damages().forEach(damage -> out.println("done to the broker: " + damage));
        losses.reports().stream()
                .map(LossReport::text)
                .distinct()
                .limit(SHOWN)
                .forEach(text -> out.println("told to a consumer: " + text));
        out.println();
        if (isSuccess()) {
            out.println("nothing is lost: every committed event was delivered, in order, and had its effect once");
        } else {
            explain(out);
        }
        return isSuccess();
    }

    private static List<Entry> withoutEffect(Verdict verdict) {
        Set<Entry> lost = Set.copyOf(verdict.lost());
        return verdict.missing().stream().filter(entry -> !lost.contains(entry)).toList();
    }

    private void explain(PrintStream out) {
        verdicts.forEach((listener, verdict) -> explain(out, listener, verdict));
        list(out, "waited for a key that was not theirs, or for a registry that was well again", waited);
        if (!isLossTold()) {
            out.printf(
                    "consumers were told that %d messages were lost, in %d reports; it was %s%n",
                    losses.told(),
                    losses.reports().size(),
                    losses.damages().isEmpty() ? "none" : "from " + losses.least() + " to " + losses.most());
        }
        losses.untold().forEach(damage -> out.println("NOT TOLD, or not as often as it happened: " + damage));
        losses.unexplained()
                .forEach(report ->
                        out.println("TOLD, though it did not happen, or without its number: " + report.text()));
        desertions.forEach((name, times) -> out.printf("%s ended by itself, %d times%n", name, times));
        if (sent() == 0) {
            out.println("nothing was sent, which proves nothing");
        }
        if (!options.persistent()) {
            out.println(
                    count(Verdict::lost) == 0
                            ? "FAILED: this broker keeps nothing, and yet nothing was lost: it was not hit, which proves nothing"
                            : "FAILED: this broker keeps nothing over a restart, and what it held was lost");
        } else {
            out.println("FAILED; the same again: " + options.command());
        }
        out.println("the logs of all processes are in " + options.folder().resolve("logs"));
    }

    private void explain(PrintStream out, Listener listener, Verdict verdict) {
        if (!verdict.lost().isEmpty()) {
            List<Range> ranges = Range.of(ledger, verdict.lost());
            out.printf(
                    "LOST: %d events of topic %s were committed and never delivered to receiver %s, in %d ranges:%n",
                    verdict.lost().size(), Roles.TOPIC, listener, ranges.size());
            ranges.stream().limit(SHOWN).forEach(range -> out.println("  " + range));
        }
        list(out, "given up by " + listener + " (dead letters)", verdict.deadLetters());
        list(out, "delivered to " + listener + " behind a higher number of their key", verdict.outOfOrder());
        list(out, "with an effect of " + listener + " more than once", verdict.appliedTwice());
        list(out, "delivered to " + listener + ", but without effect", withoutEffect(verdict));
        list(
                out,
                "with an effect of " + listener + " behind that of a higher number of their key",
                verdict.effectsOutOfOrder());
        list(out, "delivered to " + listener + ", though never committed", verdict.strangers());
        list(out, "with an effect of " + listener + ", though never committed", verdict.strangeEffects());
        list(out, "in the ledger behind a gap, which is a fault of the database or of the rig", verdict.ledgerGaps());
    }

    private static void list(PrintStream out, String what, List<Entry> entries) {
        if (!entries.isEmpty()) {
            out.printf("%d events %s:%n", entries.size(), what);
            entries.stream().limit(SHOWN).forEach(entry -> out.println("  " + entry));
            if (entries.size() > SHOWN) {
                out.printf("  and %d more%n", entries.size() - SHOWN);
            }
        }
    }

    private static void count(PrintStream out, String what, long count) {
        out.printf("%-26s %d%n", what, count);
    }

    private static String words(Map<Kind, Integer> faults) {
        int all = faults.values().stream().mapToInt(Integer::intValue).sum();
        return all + ": "
                + new TreeMap<>(faults)
                        .entrySet().stream()
                                .map(each -> each.getKey().word() + " " + each.getValue())
                                .collect(Collectors.joining(", "));
    }
}
