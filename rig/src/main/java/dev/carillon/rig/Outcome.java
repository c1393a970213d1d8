package dev.carillon.rig;

import dev.carillon.rig.fault.Kind;
import dev.carillon.rig.judge.Entry;
import dev.carillon.rig.judge.Range;
import dev.carillon.rig.judge.Verdict;
import dev.carillon.rig.role.Roles;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param options what it was like
 * @param ledger every event that was committed
 * @param verdict what was found
 * @param faults how often what broke
 * @param redriven how many dead letters were sent to the group again
 * @param unpublished what is left in the outbox, waiting or parked
 * @param incidents what the consumers heard of losses
 * @param desertions services that ended by themselves, and how often
 * @param duration from the first start to the judgement
 */
record Outcome(
        RunOptions options,
        List<Entry> ledger,
        Verdict verdict,
        Map<Kind, Integer> faults,
        long redriven,
        long unpublished,
        List<String> incidents,
        Map<String, Integer> desertions,
        Duration duration) {

    private static final int SHOWN = 20;

    /** Whether nothing is wrong. A broker that keeps nothing is never a success: then the run is to show the loss. */
    boolean isSuccess() {
        return options.persistent() && verdict.isFlawless() && desertions.isEmpty() && incidents.isEmpty();
    }

    /** Prints the report; answers whether nothing is wrong. */
    boolean print(PrintStream out) {
        out.println();
        out.printf("%-22s %s%n", "seed", options.seed());
        out.printf("%-22s %d s%n", "duration", duration.toSeconds());
        out.printf("%-22s %s%n", "faults", words(faults));
        count(out, "sent (committed)", verdict.sent());
        count(out, "delivered (distinct)", verdict.delivered());
        count(out, "duplicate deliveries", verdict.duplicates());
        count(out, "dead letters redriven", redriven);
        count(out, "left in the outbox", unpublished);
        count(out, "left as dead letters", verdict.deadLetters().size());
        count(out, "lost", verdict.lost().size());
        count(out, "out of order per key", verdict.outOfOrder().size());
        count(out, "effects applied twice", verdict.appliedTwice().size());
        count(out, "effects missing", verdict.missing().size());
        count(out, "effects out of order", verdict.effectsOutOfOrder().size());
        count(
                out,
                "never committed",
                verdict.strangers().size() + verdict.strangeEffects().size());
        if (!verdict.ledgerGaps().isEmpty()) {
            count(out, "gaps in the ledger", verdict.ledgerGaps().size());
        }
        incidents.stream().distinct().limit(SHOWN).forEach(incident -> out.println("told to a consumer: " + incident));
        out.println();
        if (isSuccess()) {
            out.println("nothing is lost: every committed event was delivered, in order, and had its effect once");
        } else {
            explain(out);
        }
        return isSuccess();
    }

    private List<Entry> withoutEffect() {
        Set<Entry> lost = Set.copyOf(verdict.lost());
        return verdict.missing().stream().filter(entry -> !lost.contains(entry)).toList();
    }

    private void explain(PrintStream out) {
        if (!verdict.lost().isEmpty()) {
            List<Range> ranges = Range.of(ledger, verdict.lost());
            out.printf(
                    "LOST: %d events of topic %s were committed and never delivered, in %d ranges:%n",
                    verdict.lost().size(), Roles.TOPIC, ranges.size());
            ranges.stream().limit(SHOWN).forEach(range -> out.println("  " + range));
        }
        list(out, "given up by the consumers (dead letters)", verdict.deadLetters());
        list(out, "delivered behind a higher number of their key", verdict.outOfOrder());
        list(out, "with an effect more than once", verdict.appliedTwice());
        list(out, "delivered, but without effect", withoutEffect());
        list(out, "with an effect behind that of a higher number of their key", verdict.effectsOutOfOrder());
        list(out, "delivered, though never committed", verdict.strangers());
        list(out, "with an effect, though never committed", verdict.strangeEffects());
        list(out, "in the ledger behind a gap, which is a fault of the database or of the rig", verdict.ledgerGaps());
        if (options.persistent() && !incidents.isEmpty()) {
            out.println("consumers were told of a loss or a move of their group, though nothing of the kind was done");
        }
        desertions.forEach((name, times) -> out.printf("%s ended by itself, %d times%n", name, times));
        if (verdict.sent() == 0) {
            out.println("nothing was sent, which proves nothing");
        }
        if (!options.persistent()) {
            out.println(
                    verdict.lost().isEmpty()
                            ? "FAILED: this broker keeps nothing, and yet nothing was lost: it was not hit, which proves nothing"
                            : "FAILED: this broker keeps nothing over a restart, and what it held was lost");
        } else {
            out.println("FAILED; the same again: " + options.command());
        }
        out.println("the logs of all processes are in " + options.folder().resolve("logs"));
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
        out.printf("%-22s %d%n", what, count);
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
