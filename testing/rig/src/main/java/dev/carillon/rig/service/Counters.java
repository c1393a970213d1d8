package dev.carillon.rig.service;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The counters, which are the keys of all events, and the special behavior of some of them. */
public final class Counters {

    /** The hot key, of which thousands of events fail. */
    public static final String HOT = "counter-hot";

    private static final int COUNT = 40;
    private static final int POISON_INTERVAL = 25;

    /** {@link ReceiverName#EFFECT} fails for every 25th event of these. */
    private static final Set<String> POISON = Set.of("counter-0", "counter-1", "counter-2", "counter-3");

    /** {@link ReceiverName#ARCHIVE} fails for every 25th event of these. */
    private static final Set<String> POISON_TO_ARCHIVE = Set.of("counter-4", "counter-5");

    /** {@link ReceiverName#MIRROR} is interrupted, blocks or throws errors for these while a {@link FaultSwitch} is on. */
    private static final List<String> MISBEHAVING = List.of("counter-6", "counter-7", "counter-8", "counter-9");

    private Counters() {}

    /** A random counter other than the hot one. */
    static String any(RandomGenerator random) {
        return "counter-" + random.nextInt(COUNT);
    }

    static boolean isPoison(Step step) {
        return POISON.contains(step.counter()) && step.number() % POISON_INTERVAL == 0;
    }

    static boolean isPoisonToArchive(Step step) {
        return isOfArchive(step) && step.number() % POISON_INTERVAL == 0;
    }

    static boolean isOfArchive(Step step) {
        return POISON_TO_ARCHIVE.contains(step.counter());
    }

    /** Whether it may be blocked by a dead letter, and then become one, too. */
    static boolean isBehindPoison(Step step) {
        return POISON.contains(step.counter()) || POISON_TO_ARCHIVE.contains(step.counter());
    }

    static boolean isMisbehaving(Step step) {
        return MISBEHAVING.contains(step.counter());
    }

    static boolean isHot(Step step) {
        return step.counter().equals(HOT);
    }

    /** Whether no receiver fails for the events of this counter on purpose, so that nothing may delay them. */
    public static boolean isUnaffected(String counter) {
        return !counter.equals(HOT)
                && !POISON.contains(counter)
                && !POISON_TO_ARCHIVE.contains(counter)
                && !MISBEHAVING.contains(counter);
    }
}
