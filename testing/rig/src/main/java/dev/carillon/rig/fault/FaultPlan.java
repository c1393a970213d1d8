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
 * An endless sequence of faults, the same for the same seed. Each kind of fault of each target happens once before one happens a
 * second time. A part is repaired before it is hit again. Different parts may be broken at the same time, unless a fault is
 * {@link FaultKind#isExclusive exclusive}.
 */
public final class FaultPlan implements Iterator<Fault> {

    private record Combination(FaultKind kind, List<String> names) {}

    private final FaultTiming timing;
    private final RandomGenerator random;
    private final List<Combination> combinations;
    private final List<Combination> deck = new ArrayList<>();
    private final Map<String, Duration> repairedAt = new HashMap<>();
    private Duration now = Duration.ZERO;
    private Duration allRepairedAt = Duration.ZERO;
    private Duration exclusiveUntil = Duration.ZERO;

    /** Creates a plan, which also depends on the order of the targets. */
    public FaultPlan(long seed, FaultTiming timing, List<Target> targets) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("There are no targets for faults");
        }
        this.timing = timing;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.combinations = targets.stream()
                .flatMap(target -> Arrays.stream(FaultKind.values())
                        .filter(target.kinds()::contains)
                        .map(kind -> new Combination(kind, target.names())))
                .toList();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Fault next() {
        if (deck.isEmpty()) {
            deck.addAll(combinations);
            Collections.shuffle(deck, new Random(random.nextLong()));
        }
        Combination combination = deck.remove(deck.size() - 1);
        String target =
                combination.names().get(random.nextInt(combination.names().size()));
        Duration duration = combination.kind().isLong()
                ? between(timing.minLongDuration(), timing.maxLongDuration())
                : between(timing.minDuration(), timing.maxDuration());
        now = now.plus(between(timing.minGap(), timing.maxGap()));
        Duration free =
                combination.kind().isExclusive() ? allRepairedAt : repairedAt.getOrDefault(target, Duration.ZERO);
        now = latest(now, latest(free, exclusiveUntil));
        Duration end = now.plus(duration).plus(timing.minGap());
        repairedAt.put(target, end);
        allRepairedAt = latest(allRepairedAt, end);
        exclusiveUntil = combination.kind().isExclusive() ? end : exclusiveUntil;
        return new Fault(now, combination.kind(), target, duration);
    }

    private static Duration latest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration between(Duration min, Duration max) {
        return Duration.ofMillis(random.nextLong(min.toMillis(), max.toMillis() + 1));
    }
}
