package dev.carillon.rig.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares what was committed with what was delivered and with what came of it. */
public final class Judge {

    private Judge() {}

    /**
     * The verdict.
     *
     * @param ledger every event whose transaction committed; each key's in the order of its numbers
     * @param deliveries every call of a receiver, in order of time
     * @param givenUp the ids of events that are dead letters: without an effect, they do not count as delivered
     * @param effects every effect in the consumer's database, in the order in which they were committed for each key
     * @param gone the ids of events that the broker lost: without an effect, it is no fault that they were not delivered
     */
    public static Verdict judge(
            List<Entry> ledger, List<Entry> deliveries, Set<String> givenUp, List<Entry> effects, Set<String> gone) {
        Set<Entry> sent = new HashSet<>(ledger);
        Set<Entry> delivered = new LinkedHashSet<>(deliveries);
        Set<Entry> applied = new HashSet<>(effects);
        List<Entry> deadLetters = ledger.stream()
                .filter(entry -> givenUp.contains(entry.id()) && !applied.contains(entry))
                .toList();
        List<Entry> lostByBroker = ledger.stream()
                .filter(entry -> gone.contains(entry.id()) && !applied.contains(entry))
                .filter(entry -> !givenUp.contains(entry.id()))
                .toList();
        List<Entry> excused =
                Stream.concat(deadLetters.stream(), lostByBroker.stream()).toList();
        Set<Entry> arrived = new HashSet<>(delivered);
        arrived.retainAll(sent);
        excused.forEach(arrived::remove);
        return new Verdict(
                sent.size(),
                arrived.size(),
                deliveries.size() - delivered.size(),
                notBehindTheLast(ledger),
                deadLetters,
                lostByBroker,
                without(ledger, delivered, excused),
                without(delivered, sent),
                behindAHigher(delivered),
                repeated(effects),
                without(ledger, applied, excused),
                without(applied, sent),
                behindAHigher(new LinkedHashSet<>(effects)));
    }

    private static List<Entry> without(List<Entry> entries, Set<Entry> known, List<Entry> alsoKnown) {
        Set<Entry> all = new HashSet<>(known);
        all.addAll(alsoKnown);
        return without(entries, all);
    }

    private static List<Entry> without(Iterable<Entry> entries, Set<Entry> known) {
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries) {
            if (!known.contains(entry)) {
                others.add(entry);
            }
        }
        return others;
    }

    private static List<Entry> repeated(List<Entry> entries) {
        Set<Entry> seen = new HashSet<>();
        return entries.stream().filter(entry -> !seen.add(entry)).toList();
    }

    private static List<Entry> behindAHigher(Iterable<Entry> entries) {
        Map<String, Long> highest = new HashMap<>();
        List<Entry> late = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number() < highest.merge(entry.key(), entry.number(), Math::max)) {
                late.add(entry);
            }
        }
        return late;
    }

    private static List<Entry> notBehindTheLast(Iterable<Entry> entries) {
        Map<String, Long> last = new HashMap<>();
        List<Entry> wrong = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number() != last.getOrDefault(entry.key(), 0L) + 1) {
                wrong.add(entry);
            }
            last.put(entry.key(), entry.number());
        }
        return wrong;
    }
}
