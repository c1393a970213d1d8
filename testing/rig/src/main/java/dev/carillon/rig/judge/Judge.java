package dev.carillon.rig.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the committed events with their deliveries and effects. */
public final class Judge {

    private Judge() {}

    /**
     * The verdict for one receiver.
     *
     * @param ledger every event whose transaction committed; the events of a key in the order of their numbers
     * @param deliveries every call of the receiver, in order of time
     * @param deadLetterIds the ids of events that are dead letters: without an effect, they do not count as delivered
     * @param effects every effect in the consumer's database; the effects of a key in the order of their commits
     * @param lostByBrokerIds the ids of events that the broker lost: without an effect, they need not have been delivered
     */
    public static Verdict judge(
            List<RecordedEvent> ledger,
            List<RecordedEvent> deliveries,
            Set<String> deadLetterIds,
            List<RecordedEvent> effects,
            Set<String> lostByBrokerIds) {
        Set<RecordedEvent> sent = new HashSet<>(ledger);
        Set<RecordedEvent> delivered = new LinkedHashSet<>(deliveries);
        Set<RecordedEvent> applied = new HashSet<>(effects);
        List<RecordedEvent> deadLetters = ledger.stream()
                .filter(entry -> deadLetterIds.contains(entry.id()) && !applied.contains(entry))
                .toList();
        List<RecordedEvent> lostByBroker = ledger.stream()
                .filter(entry -> lostByBrokerIds.contains(entry.id()) && !applied.contains(entry))
                .filter(entry -> !deadLetterIds.contains(entry.id()))
                .toList();
        List<RecordedEvent> notExpected =
                Stream.concat(deadLetters.stream(), lostByBroker.stream()).toList();
        Set<RecordedEvent> arrived = new HashSet<>(delivered);
        arrived.retainAll(sent);
        notExpected.forEach(arrived::remove);
        return new Verdict(
                sent.size(),
                arrived.size(),
                deliveries.size() - delivered.size(),
                behindAGap(ledger),
                deadLetters,
                lostByBroker,
                without(ledger, delivered, notExpected),
                without(delivered, sent),
                outOfOrder(delivered),
                repeated(effects),
                without(ledger, applied, notExpected),
                without(applied, sent),
                outOfOrder(new LinkedHashSet<>(effects)));
    }

    private static List<RecordedEvent> without(
            List<RecordedEvent> entries, Set<RecordedEvent> known, List<RecordedEvent> alsoKnown) {
        Set<RecordedEvent> all = new HashSet<>(known);
        all.addAll(alsoKnown);
        return without(entries, all);
    }

    private static List<RecordedEvent> without(Iterable<RecordedEvent> entries, Set<RecordedEvent> known) {
        List<RecordedEvent> others = new ArrayList<>();
        for (RecordedEvent entry : entries) {
            if (!known.contains(entry)) {
                others.add(entry);
            }
        }
        return others;
    }

    private static List<RecordedEvent> repeated(List<RecordedEvent> entries) {
        Set<RecordedEvent> seen = new HashSet<>();
        return entries.stream().filter(entry -> !seen.add(entry)).toList();
    }

    private static List<RecordedEvent> outOfOrder(Iterable<RecordedEvent> entries) {
        Map<String, Long> highest = new HashMap<>();
        List<RecordedEvent> late = new ArrayList<>();
        for (RecordedEvent entry : entries) {
            if (entry.number() < highest.merge(entry.key(), entry.number(), Math::max)) {
                late.add(entry);
            }
        }
        return late;
    }

    private static List<RecordedEvent> behindAGap(Iterable<RecordedEvent> entries) {
        Map<String, Long> last = new HashMap<>();
        List<RecordedEvent> wrong = new ArrayList<>();
        for (RecordedEvent entry : entries) {
            if (entry.number() != last.getOrDefault(entry.key(), 0L) + 1) {
                wrong.add(entry);
            }
            last.put(entry.key(), entry.number());
        }
        return wrong;
    }
}
