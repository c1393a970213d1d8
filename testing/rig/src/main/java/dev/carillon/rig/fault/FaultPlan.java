package dev.carillon.rig.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Faults without end, the same ones for the same seed. Each way in which each sort of thing breaks comes once before one comes a
 * second time; what is broken is not broken again before it is mended; different things may be broken at once, unless a fault is
 * to be {@link Kind#isAlone alone}.
 */
public final class FaultPlan implements Iterator<Fault> {

    private record Card(Kind kind, List<String> names) {}

    private final Pace pace;
    private final RandomGenerator random;
    private final List<Card> cards;
    private final List<Card> deck = new ArrayList<>();
    private final Map<String, Duration> mended = new HashMap<>();
    private Duration now = Duration.ZERO;
    private Duration allMended = Duration.ZERO;
    private Duration undisturbed = Duration.ZERO;

    /** A plan. The order of the targets counts. */
    public FaultPlan(long seed, Pace pace, List<Target> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("Nothing is left that could be broken");
        }
        this.pace = pace;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.cards = targets.stream()
                .flatMap(target -> Arrays.stream(Kind.values())
                        .filter(target.kinds()::contains)
                        .map(kind -> new Card(kind, target.names())))
                .toList();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Fault next() {
        if (deck.isEmpty()) {
            deck.addAll(cards);
            Collections.shuffle(deck, new Random(random.nextLong()));
        }
        Card card = deck.remove(deck.size() - 1);
        String target = card.names().get(random.nextInt(card.names().size()));
        Duration hold = card.kind().isLong()
                ? between(pace.shortestLongHold(), pace.longestLongHold())
                : between(pace.shortestHold(), pace.longestHold());
        now = now.plus(between(pace.shortestGap(), pace.longestGap()));
        Duration free = card.kind().isAlone() ? allMended : mended.getOrDefault(target, Duration.ZERO);
        now = latest(now, latest(free, undisturbed));
        Duration end = now.plus(hold).plus(pace.shortestGap());
        mended.put(target, end);
        allMended = latest(allMended, end);
        undisturbed = card.kind().isAlone() ? end : undisturbed;
        return new Fault(now, card.kind(), target, hold);
    }

    private static Duration latest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }
}
