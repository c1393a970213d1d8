package dev.carillon.rig.role;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Which counters there are, and what is special about some of them. */
public final class Counters {

    /** The one of which thousands of events fail. */
    public static final String HOT = "counter-hot";

    private static final int COUNT = 40;
    private static final int POISON_EVERY = 25;

    /** Every 25th event of these is poison to the first receiver. */
    private static final Set<String> POISON = Set.of("counter-0", "counter-1", "counter-2", "counter-3");

    /** Every 25th event of these is poison to the archive. */
    private static final Set<String> POISON_TO_ARCHIVE = Set.of("counter-4", "counter-5");

    /** A receiver is interrupted on these, blocks, or throws errors, while it is to. */
    private static final List<String> TROUBLED = List.of("counter-6", "counter-7", "counter-8", "counter-9");

    private Counters() {}

    /** Any but the hot one. */
    static String any(RandomGenerator random) {
        return "counter-" + random.nextInt(COUNT);
    }

    static boolean isPoison(Step step) {
        return POISON.contains(step.counter()) && step.number() % POISON_EVERY == 0;
    }

    static boolean isPoisonToArchive(Step step) {
        return isOfArchive(step) && step.number() % POISON_EVERY == 0;
    }

    static boolean isOfArchive(Step step) {
        return POISON_TO_ARCHIVE.contains(step.counter());
    }

    /** Whether it may have to wait behind a dead letter, as one itself. */
    static boolean isBehindPoison(Step step) {
        return POISON.contains(step.counter()) || POISON_TO_ARCHIVE.contains(step.counter());
    }

    static boolean isTroubled(Step step) {
        return TROUBLED.contains(step.counter());
    }

    static boolean isHot(Step step) {
        return step.counter().equals(HOT);
    }

    /** Whether nothing is done to the events of this counter, so that they wait for nothing. */
    public static boolean isPlain(String counter) {
        return !counter.equals(HOT)
                && !POISON.contains(counter)
                && !POISON_TO_ARCHIVE.contains(counter)
                && !TROUBLED.contains(counter);
    }
}
